//===- Help.cpp - what --help prints --------------------------------------===//
//
// The options are those of the table in runtime/execution/Options.cpp; what is
// the program's own comes from its descriptor.
//
//===----------------------------------------------------------------------===//

#include "runtime/command/Help.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

using namespace pdert;

/// A line about a parameter array.
static std::string arrayLine(const pde_program &program, const pde_port &port) {
  const pde_grid &grid = program.grids[port.grid];
  std::string range = rangeText(port.entries);
  return format("  %-10s real%s%s%s\n", port.name,
                shapeText(grid.extents, grid.num_extents).c_str(),
                range.empty() ? "" : "  must be ", range.c_str());
}

/// Whether some port is an array, or some is none.
static bool hasAny(const pde_program &program, bool isWanted) {
  for (int32_t i = 0; i < program.num_inputs; ++i)
    if (isArray(program, program.inputs[i]) == isWanted)
      return true;
  return false;
}

/// An input or output. Its rows beyond the grid are told, since files hold
/// them.
static std::string portText(const pde_program &program, const pde_port &port) {
  if (port.grid < 0)
    return format("  %-10s a number", port.name);
  const pde_grid &grid = program.grids[port.grid];
  if (isArray(grid))
    return format("  %-10s an array %s", port.name,
                  shapeText(grid.extents, grid.num_extents).c_str());
  std::string text = format("  %-10s on %s", port.name, grid.name);
  for (int32_t axis = 0; axis < grid.rank; ++axis)
    if (int32_t rows = port.low[axis] + port.high[axis])
      text += format(", %d more along %s", rows, grid.axis[axis]);
  return text;
}

static std::string recordText(const pde_program &program,
                              const pde_record &record) {
  if (record.columns < 2)
    return portText(program, record.port);
  return format("  %-10s %d numbers", record.port.name, record.columns);
}

/// A grid whose sizes the user chooses. A script gives sizes to all axes of a
/// grid or to none, so the first one tells.
static std::string gridText(const pde_grid &grid) {
  std::string axes, least;
  for (int32_t axis = 0; axis < grid.rank; ++axis) {
    axes += (axis ? ", " : "") + std::string(grid.axis[axis]);
    least += (axis ? " x " : "") + std::to_string(grid.min_size[axis]);
  }
  std::string size = grid.size[0] ? "default " + cellsText(grid.size, grid.rank)
                                  : "no default size";
  return format("  %-10s (%s)  %s, at least %s\n", grid.name, axes.c_str(),
                size.c_str(), least.c_str());
}

static std::string paramLine(const pde_param &param) {
  std::string range = rangeText(param);
  return format("  %-10s %-4s  default %s%s%s\n", param.name,
                param.kind == PDE_INT ? "int" : "real",
                paramText(param, param.initial).c_str(),
                range.empty() ? "" : "  must be ", range.c_str());
}

/// An option; further lines of its text are indented like the first.
std::string pdert::optionText(const OptionInfo &option) {
  std::string lines = option.help;
  const std::string indent(23, ' ');
  for (size_t end = lines.find('\n'); end != std::string::npos;
       end = lines.find('\n', end + 1))
    lines.insert(end + 1, indent);
  std::string name = option.name;
  if (*option.argument)
    name += " " + std::string(option.argument);
  return format("  %-20s %s\n", name.c_str(), lines.c_str());
}

static const char *const exitCodesText = R"(
exit codes
  0 done   1 wrong data or a failed run   2 wrong usage
)";

std::string pdert::helpText(const pde_program &program,
                            const std::string &command) {
  std::string text =
      format("usage: %s [options]\n\n%s, compiled from %s "
             "(%s, %s)\n",
             command.c_str(), program.name, program.source, program.form,
             program.type == PDE_F32 ? "f32" : "f64");
  if (hasAny(program, /*isWanted=*/false))
    text += "\ninputs\n";
  for (int32_t i = 0; i < program.num_inputs; ++i)
    if (!isArray(program, program.inputs[i]))
      text += portText(program, program.inputs[i]) +
              (program.inputs[i].has_default ? "  has a default\n"
                                             : "  must be given\n");
  if (program.num_outputs)
    text += "\noutputs\n";
  for (int32_t i = 0; i < program.num_outputs; ++i)
    text += portText(program, program.outputs[i]) + "\n";
  if (program.num_records)
    text += "\nrecords (options as for outputs)\n";
  for (int32_t i = 0; i < program.num_records; ++i)
    text += recordText(program, program.records[i]) + "\n";
  if (program.num_params || hasAny(program, /*isWanted=*/true))
    text += "\nparameters\n";
  for (int32_t i = 0; i < program.num_params; ++i)
    text += paramLine(program.params[i]);
  for (int32_t i = 0; i < program.num_inputs; ++i)
    if (isArray(program, program.inputs[i]))
      text += arrayLine(program, program.inputs[i]);
  if (program.num_grids)
    text += "\ngrids\n";
  for (int32_t i = 0; i < program.num_grids; ++i)
    // Sizes of coarser grids follow and cannot be set.
    if (!isDerived(program.grids[i]) && !isArray(program.grids[i]))
      text += gridText(program.grids[i]);
  text += "\noptions\n";
  for (const OptionInfo &option : optionInfos())
    text += optionText(option);
  return text + exitCodesText;
}
