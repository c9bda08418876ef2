//===- Weights.cpp - parameters as options and files give them ------------===//

#include "runtime/command/Weights.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/files/Npy.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <cmath>

using namespace pdert;

/// Calls body(); what goes wrong is told with the parameter and its file.
template <typename Body>
auto Weights::reading(const char *name, const std::string &from,
                      Body &&body) const {
  try {
    return body();
  } catch (const Failure &failure) {
    throw Failure{format("cannot read parameter '%s' from %s: %s", name,
                         quoted(from).c_str(), failure.message.c_str())};
  }
}

/// The file that --set gives an array: its shape is one that others lack.
static std::string pathOf(const pde_program &program, const pde_port &array,
                          const std::string &given) {
  if (given.empty())
    fail("--set gives '%s' no file", array.name);
  const pde_grid &grid = program.grids[array.grid];
  if (formatOf(given) != FileFormat::Npy)
    fail("parameter '%s' is an array of the shape %s, which a file gives: "
         "--set %s=FILE.npy, but it is given %s",
         array.name, shapeText(grid.extents, grid.num_extents).c_str(),
         array.name, quoted(given).c_str());
  return given;
}

Weights::Weights(const pde_program &program, const Options &options)
    : program(program), path(options.weights), arrayPaths(program.num_inputs) {
  std::vector<NamedValue> numbers;
  for (const NamedValue &given : options.params) {
    int32_t input = 0;
    while (input < program.num_inputs &&
           (given.name != program.inputs[input].name ||
            !isArray(program, program.inputs[input])))
      ++input;
    if (input == program.num_inputs)
      numbers.push_back(given);
    else
      arrayPaths[input] = pathOf(program, program.inputs[input], given.value);
  }
  if (!path.empty())
    readArchive();
  values = initialParams(program);
  readNumbers();
  values = readParams(program, numbers, std::move(values));
  for (int32_t param = 0; param < program.num_params; ++param) {
    const char *name = program.params[param].name;
    given.push_back(find(name) || std::any_of(numbers.begin(), numbers.end(),
                                              [&](const NamedValue &number) {
                                                return number.name == name;
                                              }));
  }
}

/// What the script does not have is told: it may be a name that is misspelt.
void Weights::readArchive() {
  std::vector<std::string> names;
  for (int32_t param = 0; param < program.num_params; ++param)
    names.push_back(program.params[param].name);
  for (int32_t input = 0; input < program.num_inputs; ++input)
    if (isArray(program, program.inputs[input]))
      names.push_back(program.inputs[input].name);
  try {
    archive.emplace(path);
    entries = listNpz(*archive);
  } catch (const Failure &failure) {
    fail("cannot read %s: %s", quoted(path).c_str(), failure.message.c_str());
  }
  for (const NpzEntry &entry : entries)
    if (std::find(names.begin(), names.end(), entry.name) == names.end())
      fail("%s has no parameter %s, which %s holds%s", program.source,
           quoted(entry.name).c_str(), quoted(path).c_str(),
           suggestion(entry.name, names).c_str());
}

const NpzEntry *Weights::find(const char *name) const {
  for (const NpzEntry &entry : entries)
    if (entry.name == name)
      return &entry;
  return nullptr;
}

/// Numbers are arrays without axes.
void Weights::readNumbers() {
  for (int32_t i = 0; i < program.num_params; ++i) {
    const pde_param &param = program.params[i];
    const NpzEntry *entry = find(param.name);
    if (!entry)
      continue;
    double number = 0;
    reading(param.name, path, [&] {
      pde_grid none = {};
      none.name = param.name;
      openNpy(File(*archive, entry->offset, entry->length), none)
          ->read(&number, PDE_F64);
      return 0;
    });
    if (param.kind == PDE_INT && number != std::floor(number))
      fail("parameter '%s' must be an integer, but %s holds %s", param.name,
           quoted(path).c_str(), shortest(number).c_str());
    if (param.kind == PDE_INT)
      values[i].integer = static_cast<int64_t>(number);
    else
      values[i].real = number;
    checkParam(param, values[i], quoted(path) + " holds " + shortest(number));
  }
}

std::unique_ptr<InputFile> Weights::open(int32_t input) const {
  const pde_port &port = program.inputs[input];
  const pde_grid &grid = program.grids[port.grid];
  const std::string &own = arrayPaths[input];
  if (!own.empty())
    return reading(port.name, own, [&] { return openInput(own, grid); });
  const NpzEntry *entry = find(port.name);
  if (!entry)
    return nullptr;
  return reading(port.name, path, [&] {
    return openNpy(File(*archive, entry->offset, entry->length), grid);
  });
}

void Weights::read(int32_t input, InputFile &file, void *data,
                   pde_type type) const {
  const std::string &own = arrayPaths[input];
  reading(program.inputs[input].name, own.empty() ? path : own, [&] {
    file.read(data, type);
    return 0;
  });
}
