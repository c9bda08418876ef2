//===- OnnxPorts.cpp - what a model's users see ---------------------------===//

#include "compiler/exporters/OnnxPorts.h"
#include "compiler/pde/PdeResults.h"
#include "compiler/support/NumberText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/SHA256.h"

using namespace mlir;

namespace pdec::exporters {

OnnxPorts::OnnxPorts(const pde::Interface &interface,
                     const OnnxOptions &options, OnnxBuilder &build,
                     OnnxValues &values, const OnnxShapes &shapes)
    : interface(interface), options(options), build(build), values(values),
      shapes(shapes) {
  describeModel();
  nameFields();
}

bool OnnxPorts::emit(Operation &op) {
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case([&](pde::ParamOp op) { return emitParam(op), true; })
      .Case([&](pde::SizeOp op) {
        int grid = interface.gridIndex(op.getGrid());
        values.setName(op.getSize(), gridSize(grid, op.getAxis()));
        return true;
      })
      .Case([&](net::InputOp op) { return emitInput(op), true; })
      .Case([&](net::OutputOp op) { return emitOutput(op), true; })
      .Case([&](pde::NumberOp op) { return emitNumber(*op), true; })
      .Case([](pde::AxisOp) { return true; }) // for plots only
      .Default(false);
}

//===----------------------------------------------------------------------===//
// What the model says of itself
//===----------------------------------------------------------------------===//

std::string hexDigest(llvm::StringRef text) {
  llvm::SHA256 hash;
  hash.update(text);
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

static std::string valueText(const pde::Interface::Param &param, double real,
                             int64_t integer) {
  return param.isInt ? std::to_string(integer) : shortest(real);
}

static std::string meaningOf(const pde::Interface::Param &param) {
  std::string text = param.isInt ? "integer" : "real";
  auto bound = shortest;
  if (!std::isinf(param.low))
    text +=
        (param.lowOpen ? ", greater than " : ", at least ") + bound(param.low);
  if (!std::isinf(param.high))
    text +=
        (param.highOpen ? ", less than " : ", at most ") + bound(param.high);
  return text + ", default " + valueText(param, param.real, param.integer);
}

/// What the model fixes, or what it asks of the sizes of others.
void OnnxPorts::describeSizes() {
  OnnxModel &model = build.model;
  for (auto [number, grid] : llvm::enumerate(interface.grids))
    for (auto [axis, info] : llvm::enumerate(grid.axes)) {
      std::string name = grid.name + "." + info.name;
      if (int64_t size = options.fixed.size(number, axis)) {
        model.addMetadata("size." + name, std::to_string(size));
        continue;
      }
      if (info.minSize > 1)
        model.addMetadata("least_size." + name, std::to_string(info.minSize));
      auto rule = options.sizeRules.find(name);
      if (rule != options.sizeRules.end())
        model.addMetadata("size_rule." + name, rule->second);
    }
}

void OnnxPorts::describeModel() {
  OnnxModel &model = build.model;
  model.setProducer("pdec", options.version);
  model.addMetadata("script", options.script);
  model.addMetadata("script_sha256", hexDigest(options.text));
  if (!options.certificate.empty())
    model.addMetadata("pdec.certificate", options.certificate);
  model.addMetadata("profile", build.lead ? "conv" : "slice");
  model.addMetadata("precision", interface.isF32 ? "f32" : "f64");
  describeSizes();
  for (auto [number, value] : options.fixed.params) {
    const auto &param = interface.params[number];
    model.addMetadata("fixed." + param.name,
                      valueText(param, value.real, value.integer));
  }
  for (const auto &[number, entries] : options.fixed.arrays) {
    const auto &array = interface.inputs[number];
    std::string shape;
    for (int64_t extent : interface.grids[array.grid].extents)
      shape += (shape.empty() ? "" : "x") + std::to_string(extent);
    model.addMetadata("fixed." + array.name, "array of " + shape);
  }
  if (!options.weightsDigest.empty())
    model.addMetadata("weights_sha256", options.weightsDigest);
}

/// Inputs, parameters and outputs have the script's names. An output that has
/// the name of an input gets an ending, and another name if that is some
/// other's.
void OnnxPorts::nameFields() {
  OnnxModel &model = build.model;
  for (const auto &input : interface.inputs)
    file.inputs.push_back(model.unique(input.name));
  for (const auto &param : interface.params)
    model.unique(param.name);
  auto isInput = [&](const pde::Interface::Port &output) {
    return llvm::any_of(interface.inputs, [&](const auto &input) {
      return input.name == output.name;
    });
  };
  file.outputs.resize(interface.outputs.size());
  for (bool hasEnding : {false, true})
    for (auto [output, name] : llvm::zip(interface.outputs, file.outputs))
      if (isInput(output) == hasEnding)
        name = model.unique(output.name + (hasEnding ? "_result" : ""));
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

ValueType OnnxPorts::typeOf(const pde::Interface::Port &port) const {
  ValueType type{build.element, {}};
  const auto &grid = interface.grids[port.grid];
  for (int64_t extent : grid.extents)
    type.dims.push_back({extent, ""});
  if (grid.isArray())
    return type;
  for (auto [axis, info] : llvm::enumerate(grid.axes)) {
    int64_t rows = port.rows(axis);
    if (int64_t size = options.fixed.size(port.grid, axis)) {
      type.dims.push_back({size + rows, ""});
      continue;
    }
    std::string size = grid.name + "_" + info.name;
    if (rows)
      size += " + " + std::to_string(rows);
    type.dims.push_back({-1, size});
  }
  return type;
}

void OnnxPorts::emitParam(pde::ParamOp op) {
  // One that only defaults of inputs need is none of the model.
  if (op->use_empty())
    return;
  const auto &param = interface.params[interface.paramIndex(op.getName())];
  Element type = param.isInt ? Element::I64 : Element::F64;
  std::string meaning = meaningOf(param);
  OnnxModel &model = build.model;
  model.main().addInput(param.name, {type, {}}, meaning);
  if (options.withDefaults)
    model.setDefault(param.name, type, param.real, param.integer);
  file.params.push_back(&param - interface.params.data());
  model.addMetadata("param." + param.name, meaning);
  values.setName(op.getValue(), param.name);
}

/// The value of an input of the model, or of an array that is part of it.
/// Inside, an array has one axis.
Name OnnxPorts::inputValue(int number) {
  auto fixed = options.fixed.arrays.find(number);
  if (fixed != options.fixed.arrays.end())
    return build.model.constant(build.element, {int64_t(fixed->second.size())},
                                fixed->second);
  Name input = file.inputs[number];
  const auto &port = interface.inputs[number];
  build.model.main().addInput(input, typeOf(port));
  if (!interface.grids[port.grid].isArray())
    return input;
  return build.node("Reshape", {input, build.model.integers({-1})}, {},
                    input + "_entries");
}

void OnnxPorts::emitInput(net::InputOp op) {
  int number = interface.inputIndex(op.getName());
  Name input = inputValue(number);
  if (build.lead)
    input = build.withLead(input, shapes.ofResult(*op),
                           file.inputs[number] + "_tensor");
  values.setName(op.getResult(), input);
}

void OnnxPorts::emitOutput(net::OutputOp op) {
  int number = interface.outputIndex(op.getName());
  const Name &output = file.outputs[number];
  Name value = values.name(op.getValue());
  if (build.lead)
    value =
        build.withoutLead(value, shapes.of(op.getValue()), output + "_array");
  const auto &port = interface.outputs[number];
  const auto &grid = interface.grids[port.grid];
  if (grid.isArray())
    value = build.node("Reshape", {value, build.model.integers(grid.extents)});
  build.graph().rename(value, output);
  build.model.main().addOutput(output, typeOf(interface.outputs[number]));
}

void OnnxPorts::emitNumber(Operation &operation) {
  auto op = cast<pde::NumberOp>(operation);
  const Name &output = file.outputs[interface.outputIndex(op.getName())];
  build.graph().rename(build.node("Identity", {values.name(op.getValue())}),
                       output);
  build.model.main().addOutput(output, {Element::F64, {}});
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

/// A grid's size along an axis: that of an input on it, or follows from the
/// grid that it coarsens, or is an input itself.
Name OnnxPorts::gridSize(int grid, int axis) {
  if (interface.grids[grid].isArray())
    return build.model.integer(interface.grids[grid].axes[axis].size);
  if (std::optional<Name> size = sizeFromInputs(grid, axis))
    return *size;
  return interface.grids[grid].parent >= 0 ? sizeFromParent(grid, axis)
                                           : sizeAsInput(grid, axis);
}

std::optional<Name> OnnxPorts::sizeFromInputs(int grid, int axis) {
  for (auto [input, name] : llvm::zip(interface.inputs, file.inputs)) {
    if (input.grid != grid)
      continue;
    Name dim = build.node("Shape", {name},
                          {Attribute::integer("start", axis),
                           Attribute::integer("end", axis + 1)});
    if (int64_t rows = input.rows(axis))
      dim = build.node("Sub", {dim, build.model.integer(rows)});
    return build.node("Squeeze", {dim}, {},
                      "size_" + interface.grids[grid].axes[axis].name);
  }
  return std::nullopt;
}

Name OnnxPorts::sizeFromParent(int grid, int axis) {
  const auto &info = interface.grids[grid].axes[axis];
  if (info.size) // one cell, however many the parent has
    return build.model.integer(info.size);
  Name finer = gridSize(interface.grids[grid].parent, axis);
  if (info.coarsening == pde::Coarsening::Same)
    return finer;
  if (info.coarsening == pde::Coarsening::Vertex)
    finer = build.node("Sub", {finer, build.model.integer(1)});
  return build.node("Div", {finer, build.model.integer(2)}, {},
                    "size_" + info.name);
}

Name OnnxPorts::sizeAsInput(int grid, int axis) {
  for (const auto &size : file.sizes)
    if (size.grid == grid && size.axis == axis)
      return size.name;
  const auto &info = interface.grids[grid].axes[axis];
  OnnxModel &model = build.model;
  Name input =
      model.unique("size_" + interface.grids[grid].name + "_" + info.name);
  file.sizes.push_back({input, grid, axis});
  model.main().addInput(input, {Element::I64, {}}, "cells along this axis");
  if (info.size > 0 && options.withDefaults)
    model.setDefault(input, Element::I64, 0, info.size);
  return input;
}

} // namespace pdec::exporters
