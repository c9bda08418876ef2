//===- Settings.cpp - parameters and sizes of a run -----------------------===//
//
// What a command line, a host's call, or `--set` and `--size` of an ONNX model
// give is checked here, by the same rules and with the same sentences.
// Everything throws a Failure that names the parameter or grid and what was
// given.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Settings.h"

#include "runtime/execution/Context.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Reversal.h"
#include "runtime/system/Text.h"

#include <cmath>

using namespace pdert;

std::vector<pde_value> pdert::initialParams(const pde_program &program) {
  std::vector<pde_value> values;
  for (int32_t param = 0; param < program.num_params; ++param)
    values.push_back(program.params[param].initial);
  return values;
}

std::vector<int64_t> pdert::defaultSizes(const pde_program &program) {
  std::vector<int64_t> sizes;
  for (int32_t grid = 0; grid < program.num_grids; ++grid)
    for (int32_t axis = 0; axis < PDE_MAX_RANK; ++axis)
      // Axes that a grid does not have count one cell: products go over all
      // three.
      sizes.push_back(
          axis < program.grids[grid].rank ? program.grids[grid].size[axis] : 1);
  return sizes;
}

std::string pdert::rangeText(const pde_interval &interval) {
  std::string text;
  if (std::isfinite(interval.low))
    text += (interval.low_open ? "> " : ">= ") + shortest(interval.low);
  if (std::isfinite(interval.high))
    text += (text.empty() ? "" : " and ") +
            std::string(interval.high_open ? "< " : "<= ") +
            shortest(interval.high);
  return text;
}

static pde_interval intervalOf(const pde_param &param) {
  return {param.low_open, param.high_open, param.low, param.high};
}

std::string pdert::rangeText(const pde_param &param) {
  return rangeText(intervalOf(param));
}

/// An infinite bound is none, whether open or not.
bool pdert::isWithin(const pde_interval &interval, double value) {
  bool low = interval.low_open ? value > interval.low : value >= interval.low;
  bool high =
      interval.high_open ? value < interval.high : value <= interval.high;
  return (low || !std::isfinite(interval.low)) &&
         (high || !std::isfinite(interval.high));
}

std::string pdert::paramText(const pde_param &param, pde_value value) {
  return param.kind == PDE_INT ? std::to_string(value.integer)
                               : shortest(value.real);
}

void pdert::checkParam(const pde_param &param, pde_value value,
                       const std::string &clause) {
  double real =
      param.kind == PDE_INT ? static_cast<double>(value.integer) : value.real;
  // Before the range: a NaN compares as neither below nor above.
  if (!std::isfinite(real))
    fail("parameter '%s' must be finite, but %s", param.name, clause.c_str());
  if (!isWithin(intervalOf(param), real))
    fail("parameter '%s' must be %s, but %s", param.name,
         rangeText(param).c_str(), clause.c_str());
}

/// A size may come from the script, from --size or from an input file; this
/// grid has it from none.
static void requireKnown(const pde_grid &grid, const int64_t *sizes) {
  if (isDerived(grid) || isArray(grid))
    return;
  for (int32_t axis = 0; axis < grid.rank; ++axis)
    if (sizes[axis] <= 0)
      fail("the size of grid %s is not known: give --size %s=%s", grid.name,
           grid.name,
           grid.rank == 1   ? "N"
           : grid.rank == 2 ? "NxM"
                            : "NxMxK");
}

/// Whether the widest stencil and the boundary rules fit on the axis.
static void requireLeast(const pde_grid &grid, const int64_t *sizes) {
  for (int32_t axis = 0; axis < grid.rank; ++axis)
    if (sizes[axis] > 0 && sizes[axis] < grid.min_size[axis])
      fail("grid %s has %lld cell%s along %s, but the script needs at least "
           "%lld",
           grid.name, static_cast<long long>(sizes[axis]),
           sizes[axis] == 1 ? "" : "s", grid.axis[axis],
           static_cast<long long>(grid.min_size[axis]));
}

void pdert::completeSizes(const pde_program &program,
                          std::vector<int64_t> &sizes) {
  for (int32_t g = 0; g < program.num_grids; ++g)
    requireKnown(program.grids[g], &sizes[g * PDE_MAX_RANK]);
  completeKnownSizes(program, sizes);
}

void pdert::completeKnownSizes(const pde_program &program,
                               std::vector<int64_t> &sizes) {
  for (int32_t g = 0; g < program.num_grids; ++g)
    if (isArray(program.grids[g]))
      for (int32_t axis = 0; axis < PDE_MAX_RANK; ++axis)
        sizes[g * PDE_MAX_RANK + axis] =
            axis < program.grids[g].rank ? program.grids[g].size[axis] : 1;
  for (int32_t g = 0; g < program.num_grids; ++g)
    // What is too small is told of the grid that the user can change.
    if (!isDerived(program.grids[g]))
      requireLeast(program.grids[g], &sizes[g * PDE_MAX_RANK]);
  computeDerivedSizes(program, sizes);
}

/// Integers are read exactly, never by way of a double. The sentence tells
/// apart what is no number, what is one but no integer, and what does not fit.
static pde_value readParam(const pde_param &param, const std::string &text) {
  pde_value value;
  NumberFault fault = param.kind == PDE_INT ? parseInteger(text, value.integer)
                                            : parseReal(text, value.real);
  if (fault == NumberFault::TooLarge)
    fail("parameter '%s' is set to %s, which is too large", param.name,
         printable(text).c_str());
  std::string clause =
      "--set gives " + (text.empty() ? "nothing" : printable(text));
  double real;
  if (fault == NumberFault::NotANumber && param.kind == PDE_INT &&
      parseReal(text, real) != NumberFault::NotANumber)
    fail("parameter '%s' must be an integer in decimal digits, but %s",
         param.name, clause.c_str());
  if (fault == NumberFault::NotANumber)
    fail("parameter '%s' must be %s, but %s", param.name,
         param.kind == PDE_INT ? "an integer" : "a number", clause.c_str());
  checkParam(param, value, clause);
  return value;
}

std::vector<pde_value> pdert::readParams(const pde_program &program,
                                         const std::vector<NamedValue> &given) {
  return readParams(program, given, initialParams(program));
}

std::vector<pde_value> pdert::readParams(const pde_program &program,
                                         const std::vector<NamedValue> &given,
                                         std::vector<pde_value> values) {
  std::vector<std::string> names;
  for (int32_t param = 0; param < program.num_params; ++param)
    names.push_back(program.params[param].name);
  for (const NamedValue &binding : given) {
    size_t param = 0;
    while (param < names.size() && names[param] != binding.name)
      ++param;
    if (param == names.size())
      fail("%s has no parameter %s%s", program.source,
           quoted(binding.name).c_str(),
           suggestion(binding.name, names).c_str());
    values[param] = readParam(program.params[param], binding.value);
  }
  return values;
}

/// Reads "64x48", or one number for all axes.
static void readGridSize(const pde_grid &grid, const std::string &text,
                         int64_t *sizes) {
  size_t begin = 0;
  int axis = 0;
  while (true) {
    size_t cross = text.find('x', begin);
    std::string part = text.substr(begin, cross - begin);
    int64_t size = 0;
    NumberFault fault = parseInteger(part, size);
    if (fault == NumberFault::TooLarge)
      fail("--size gives grid %s %s cells, which is too large", grid.name,
           printable(part).c_str());
    if (fault != NumberFault::None || size < 1)
      fail("--size must give grid %s a positive number of cells, but gives %s",
           grid.name, quoted(text).c_str());
    // Too many are counted on, to be told at the end.
    if (axis < grid.rank)
      sizes[axis] = size;
    ++axis;
    if (cross == std::string::npos)
      break;
    begin = cross + 1;
  }
  if (axis == 1)
    for (; axis < grid.rank; ++axis)
      sizes[axis] = sizes[0];
  if (axis != grid.rank)
    fail("--size gives grid %s %d sizes, but it has rank %d", grid.name, axis,
         grid.rank);
}

std::vector<int64_t> pdert::readSizes(const pde_program &program,
                                      const std::vector<NamedValue> &given) {
  std::vector<int64_t> sizes(program.num_grids * PDE_MAX_RANK, 0);
  std::vector<std::string> names;
  std::vector<int32_t> grids; // those that the names stand for
  for (int32_t grid = 0; grid < program.num_grids; ++grid)
    if (!isDerived(program.grids[grid]) && !isArray(program.grids[grid])) {
      names.push_back(program.grids[grid].name);
      grids.push_back(grid);
    }
  for (const NamedValue &binding : given) {
    // Without a name it can only be the one grid that has sizes of its own.
    if (binding.name.empty() && names.size() != 1)
      fail("--size must name a grid, as --size %s=N, since %s has %zu of them",
           names.empty() ? "X" : names[0].c_str(), program.source,
           names.size());
    size_t choice = 0;
    while (!binding.name.empty() && choice < names.size() &&
           names[choice] != binding.name)
      ++choice;
    if (choice == names.size())
      fail("%s has no grid %s%s", program.source, quoted(binding.name).c_str(),
           suggestion(binding.name, names).c_str());
    readGridSize(program.grids[grids[choice]], binding.value,
                 sizes.data() + grids[choice] * PDE_MAX_RANK);
  }
  return sizes;
}

int pdert::readThreads(const std::string &text) {
  if (text.empty())
    return availableThreads();
  int64_t threads = 0;
  if (parseInteger(text, threads) != NumberFault::None || threads < 1 ||
      threads > 1024)
    fail("--threads must be an integer from 1 to 1024, but is %s",
         quoted(text).c_str());
  return static_cast<int>(threads);
}

int64_t pdert::readSteps(const char *option, const std::string &text) {
  int64_t steps = 0;
  if (!text.empty() &&
      (parseInteger(text, steps) != NumberFault::None || steps < 1))
    fail("%s must be an integer from 1 on, but is %s", option,
         quoted(text).c_str());
  return steps;
}

int64_t pdert::readMemory(const std::string &text) {
  if (text.empty())
    return defaultKeptBytes();
  static const std::string units = "KMGT";
  size_t unit = units.find(text.back());
  bool hasUnit = unit != std::string::npos;
  int64_t number = 0, bytes = 0;
  if (parseInteger(text.substr(0, text.size() - hasUnit), number) !=
          NumberFault::None ||
      number < 1 ||
      __builtin_mul_overflow(
          number, int64_t(1) << (hasUnit ? 10 * (unit + 1) : 0), &bytes))
    fail("--memory must be a number of bytes such as 512M or 4G, but is %s",
         quoted(text).c_str());
  return bytes;
}

int pdert::readDepth(const std::string &text) {
  if (!text.empty() && text != "8" && text != "16")
    fail("--depth must be 8 or 16, the bits of a level, but is %s",
         quoted(text).c_str());
  return text == "16" ? 16 : 8;
}

int32_t pdert::findPort(const pde_port *ports, int32_t count,
                        const NamedValue &binding, const char *kind) {
  std::vector<std::string> names;
  for (int32_t port = 0; port < count; ++port) {
    if (binding.name == ports[port].name)
      return port;
    names.push_back(ports[port].name);
  }
  if (!binding.name.empty())
    fail("the script has no %s %s%s", kind, quoted(binding.name).c_str(),
         suggestion(binding.name, names).c_str());
  if (count == 0)
    fail("the script has no %ss", kind);
  if (count > 1)
    fail("--%s must name one of the script's %d %ss, as --%s %s=FILE", kind,
         count, kind, kind, ports[0].name);
  return 0;
}
