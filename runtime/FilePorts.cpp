//===- FilePorts.cpp - runs on files and a terminal -----------------------===//

#include "FilePorts.h"
#include "OutputFormats.h"
#include "Settings.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace pdert;

/// The files that bindings name, for each port.
static std::vector<std::string> pathsOf(const pde_port *ports, int32_t count,
                                        const std::vector<NamedValue> &given,
                                        const char *kind) {
  std::vector<std::string> paths(count);
  for (const NamedValue &binding : given) {
    std::string &path = paths[findPort(ports, count, binding, kind)];
    if (!path.empty())
      fail("%s '%s' is given two files", kind,
           ports[&path - paths.data()].name);
    if (binding.value.empty())
      fail("--%s gives '%s' no file", kind, ports[&path - paths.data()].name);
    path = binding.value;
  }
  return paths;
}

FilePorts::FilePorts(const pde_program &program, const Options &options,
                     const std::string &command)
    : program(program), options(options), command(command),
      inputs(program.num_inputs), outputs(program.num_outputs), plot(program),
      positions(program.num_grids), loopHistories(program.num_loops),
      summary(program.num_outputs), progressLine(command, !options.quiet) {
  inputPaths =
      pathsOf(program.inputs, program.num_inputs, options.inputs, "input");
  outputPaths =
      pathsOf(program.outputs, program.num_outputs, options.outputs, "output");
  checkPlot();
  openInputs();
}

std::string FilePorts::inputFailure(int32_t input,
                                    const std::string &reason) const {
  return format("cannot read input '%s' from %s: %s",
                program.inputs[input].name, quoted(inputPaths[input]).c_str(),
                reason.c_str());
}

std::string FilePorts::outputFailure(int32_t output,
                                     const std::string &reason) const {
  return format("cannot write output '%s' to %s: %s",
                program.outputs[output].name,
                quoted(outputPaths[output]).c_str(), reason.c_str());
}

void FilePorts::checkPlot() const {
  const std::string &path = options.plot;
  if (path.empty())
    return;
  if (path.size() < 4 || path.compare(path.size() - 4, 4, ".svg") != 0)
    fail("--plot draws .svg files only, but is given %s", quoted(path).c_str());
}

void FilePorts::openInputs() {
  for (int32_t input = 0; input < program.num_inputs; ++input) {
    const pde_port &port = program.inputs[input];
    if (inputPaths[input].empty()) {
      if (!port.has_default)
        fail("input '%s' has no default: give --input %s=FILE", port.name,
             port.name);
      continue;
    }
    try {
      inputs[input] = openInput(inputPaths[input], program.grids[port.grid]);
    } catch (const Failure &failure) {
      throw Failure{inputFailure(input, failure.message)};
    }
  }
}

/// The cells of the grid that the file of an input is for.
std::array<int64_t, PDE_MAX_RANK> FilePorts::cellsOf(int32_t input) const {
  const pde_port &port = program.inputs[input];
  std::array<int64_t, PDE_MAX_RANK> cells;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    int64_t rows = port.low[axis] + port.high[axis];
    cells[axis] = inputs[input]->sizes()[axis] - rows;
    if (cells[axis] < 1)
      throw Failure{inputFailure(
          input, format("it has %s, but on these faces it needs %lld more "
                        "along %s than the grid has cells",
                        cellsText(inputs[input]->sizes(),
                                  program.grids[port.grid].rank)
                            .c_str(),
                        static_cast<long long>(rows),
                        program.grids[port.grid].axis[axis]))};
  }
  return cells;
}

/// What an input says of its grid: "input 'v' has 10 cells".
std::string FilePorts::sizeClaim(int32_t input) const {
  const pde_port &port = program.inputs[input];
  int32_t rank = program.grids[port.grid].rank;
  std::string cells = cellsText(cellsOf(input).data(), rank);
  bool hasRows =
      !std::equal(inputs[input]->sizes(), inputs[input]->sizes() + rank,
                  cellsOf(input).data());
  return hasRows ? format("input '%s' has the faces of %s", port.name,
                          cells.c_str())
                 : format("input '%s' has %s", port.name, cells.c_str());
}

std::vector<int64_t> FilePorts::sizes() const {
  std::vector<int64_t> sizes = defaultSizes(program);
  std::vector<int64_t> asked = readSizes(program, options.sizes);
  for (size_t i = 0; i < sizes.size(); ++i)
    if (asked[i])
      sizes[i] = asked[i];
  std::vector<int32_t> giver(program.num_grids, -1);
  for (int32_t input = 0; input < program.num_inputs; ++input) {
    if (!inputs[input])
      continue;
    int32_t grid = program.inputs[input].grid;
    int32_t rank = program.grids[grid].rank;
    int64_t *own = sizes.data() + grid * PDE_MAX_RANK;
    auto found = cellsOf(input);
    bool isKnown = giver[grid] >= 0 || asked[grid * PDE_MAX_RANK];
    if (isKnown && !std::equal(own, own + rank, found.data()))
      fail("the sizes of grid %s disagree: %s, but %s",
           program.grids[grid].name, sizeClaim(input).c_str(),
           giver[grid] >= 0 ? sizeClaim(giver[grid]).c_str()
                            : ("--size gives " + cellsText(own, rank)).c_str());
    std::copy(found.begin(), found.begin() + rank, own);
    giver[grid] = input;
  }
  completeSizes(program, sizes);
  return sizes;
}

/// Opens an output file that is not yet the target of another.
void FilePorts::openTarget(std::unique_ptr<AtomicFile> &file,
                           const std::string &path) {
  auto opened = std::make_unique<AtomicFile>(path);
  for (const std::unique_ptr<AtomicFile> &other : outputs)
    if (other && opened->isRegular() && other->target() == opened->target())
      fail("another output goes to the same file");
  file = std::move(opened);
}

void FilePorts::openOutputs(const pde_context &ctx) {
  for (int32_t output = 0; output < program.num_outputs; ++output) {
    const std::string &path = outputPaths[output];
    if (path.empty())
      continue;
    const pde_port &port = program.outputs[output];
    try {
      FileFormat wanted = formatOf(path);
      checkRank(wanted, program.grids[port.grid]);
      if (wanted == FileFormat::Unknown && !isSpecialFile(path))
        failUnknownFormat(".npy, .csv, .png, .pgm and .vti");
      openTarget(outputs[output], path);
      outputs[output]->checkSpace(
          leastFileSize(wanted, ctx.numElements(port), ctx.elementSize()));
    } catch (const Failure &failure) {
      throw Failure{outputFailure(output, failure.message)};
    }
  }
  if (options.plot.empty())
    return;
  try {
    openTarget(plotFile, options.plot);
  } catch (const Failure &failure) {
    fail("cannot write the plot to %s: %s", quoted(options.plot).c_str(),
         failure.message.c_str());
  }
}

void FilePorts::read(pde_context &ctx, int32_t input, void *data) {
  try {
    inputs[input]->read(data, static_cast<pde_type>(program.type));
  } catch (const Failure &failure) {
    throw Failure{inputFailure(input, failure.message)};
  }
}

void FilePorts::noteInput(pde_context &ctx, int32_t input, const void *data) {
  if (plotFile)
    plot.noteInput(ctx, input, data);
}

void FilePorts::setAxis(int32_t grid, int32_t axis, double first,
                        double spacing) {
  positions[grid][axis] = {true, first, spacing};
}

void FilePorts::write(pde_context &ctx, int32_t output, const void *data) {
  const pde_port &port = program.outputs[output];
  if (plotFile)
    plot.noteOutput(ctx, output, data);
  if (!outputs[output]) {
    if (!options.quiet)
      summary[output] = summaryLine(
          ctx, output, computeStatistics(ctx, data, ctx.numElements(port)));
    return;
  }
  auto sizes = ctx.sizesOf(port);
  Field field = {port.name,
                 static_cast<pde_type>(program.type),
                 data,
                 sizes.data(),
                 program.grids[port.grid].rank,
                 positionsOf(port, positions[port.grid])};
  try {
    writeField(*outputs[output], formatOf(outputPaths[output]), field);
  } catch (const Failure &failure) {
    throw Failure{outputFailure(output, failure.message)};
  }
}

void FilePorts::finish(const pde_context &ctx) {
  // All that can fail for want of space comes before the first file appears.
  for (int32_t output = 0; output < program.num_outputs; ++output)
    try {
      if (outputs[output])
        outputs[output]->close();
    } catch (const Failure &failure) {
      throw Failure{outputFailure(output, failure.message)};
    }
  try {
    if (plotFile) {
      std::string text = plot.draw(ctx, positions, loopHistories);
      plotFile->write(text.data(), text.size());
      plotFile->close();
    }
  } catch (const Failure &failure) {
    fail("cannot write the plot to %s: %s", quoted(options.plot).c_str(),
         failure.message.c_str());
  }
  progressLine.clear();
  for (const std::string &line : summary)
    std::fputs(line.c_str(), stdout);
  if (std::fflush(stdout) != 0)
    fail("cannot write to standard output: %s", std::strerror(errno));
  for (int32_t output = 0; output < program.num_outputs; ++output)
    try {
      if (outputs[output])
        outputs[output]->publish();
    } catch (const Failure &failure) {
      throw Failure{outputFailure(output, failure.message)};
    }
  if (plotFile)
    plotFile->publish();
}
