//===- OnnxExport.cpp - a network, its inputs and outputs -----------------===//

#include "compiler/exporters/OnnxExporter.h"
#include "compiler/exporters/OnnxFix.h"
#include "compiler/support/NumberText.h"

#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"

using namespace mlir;

namespace pdec::exporters {

static std::string textOf(Location loc) {
  if (auto place = dyn_cast<FileLineColLoc>(loc))
    return llvm::formatv("{0}:{1}:{2}", place.getFilename().str(),
                         place.getLine(), place.getColumn());
  if (auto fused = dyn_cast<FusedLoc>(loc))
    return textOf(fused.getLocations().front());
  return "";
}

OnnxExporter::OnnxExporter(ModuleOp module, const pde::Interface &interface,
                           const OnnxOptions &options)
    : module(module), interface(interface), options(options),
      model(interface.name), graph(&model.main()),
      lead(options.profile == OnnxProfile::Conv ? 2 : 0),
      element(interface.isF32 ? Element::F32 : Element::F64) {}

void OnnxExporter::refuse(Operation *op, const llvm::Twine &what) {
  if (!refusal.empty())
    return;
  std::string place = textOf(op->getLoc());
  refusal = (place.empty() ? what : place + ": " + what).str();
}

//===----------------------------------------------------------------------===//
// What the model says of itself
//===----------------------------------------------------------------------===//

static std::string hexDigest(llvm::StringRef text) {
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
void OnnxExporter::describeSizes() {
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

void OnnxExporter::describeModel() {
  model.setProducer("pdec", options.version);
  model.addMetadata("script", options.script);
  model.addMetadata("script_sha256", hexDigest(options.text));
  if (!options.certificate.empty())
    model.addMetadata("pdec.certificate", options.certificate);
  model.addMetadata("profile", lead ? "conv" : "slice");
  model.addMetadata("precision", interface.isF32 ? "f32" : "f64");
  describeSizes();
  for (auto [number, value] : options.fixed.params) {
    const auto &param = interface.params[number];
    model.addMetadata("fixed." + param.name,
                      valueText(param, value.real, value.integer));
  }
}

/// Inputs, parameters and outputs have the script's names. An output that has
/// the name of an input gets an ending, and another name if that is some
/// other's.
void OnnxExporter::nameInterface() {
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

ValueType OnnxExporter::portType(const pde::Interface::Port &port) {
  ValueType type{element, {}};
  const auto &grid = interface.grids[port.grid];
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

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

void OnnxExporter::emitParam(pde::ParamOp op) {
  // One that only defaults of inputs need is none of the model.
  if (op->use_empty())
    return;
  const auto &param = interface.params[interface.paramIndex(op.getName())];
  Element type = param.isInt ? Element::I64 : Element::F64;
  std::string meaning = meaningOf(param);
  model.main().addInput(param.name, {type, {}}, meaning);
  if (options.withDefaults)
    model.setDefault(param.name, type, param.real, param.integer);
  file.params.push_back(&param - interface.params.data());
  model.addMetadata("param." + param.name, meaning);
  names[op.getValue()] = param.name;
}

void OnnxExporter::emitInput(net::InputOp op) {
  int number = interface.inputIndex(op.getName());
  const Name &input = file.inputs[number];
  model.main().addInput(input, portType(interface.inputs[number]));
  names[op.getResult()] =
      lead ? withLead(input, layerShape(*op), input + "_tensor") : input;
}

void OnnxExporter::emitOutput(net::OutputOp op) {
  int number = interface.outputIndex(op.getName());
  Name value = name(op.getValue());
  if (lead)
    value = withoutLead(value, shapeOf(op.getValue()),
                        file.outputs[number] + "_array");
  graph->rename(value, file.outputs[number]);
  model.main().addOutput(file.outputs[number],
                         portType(interface.outputs[number]));
}

/// A graph cannot fail: it says whether its loops converged.
void OnnxExporter::emitEndings() {
  for (Ending &ending : endings) {
    Name output = model.unique(ending.loop.getWhat().str() + "_converged");
    graph->rename(ending.converged, output);
    model.main().addOutput(output, {Element::Bool, {}},
                           "false: the loop in line " +
                               std::to_string(ending.loop.getLine()) +
                               " reached its limit");
  }
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

/// A grid's size along an axis: that of an input on it, or follows from the
/// grid that it coarsens, or is an input itself.
Name OnnxExporter::gridSize(int grid, int axis, Operation *user) {
  const auto &info = interface.grids[grid].axes[axis];
  for (size_t i = 0; i < interface.inputs.size(); ++i)
    if (interface.inputs[i].grid == grid) {
      Name dim = graph->node("Shape", {file.inputs[i]},
                             {Attribute::integer("start", axis),
                              Attribute::integer("end", axis + 1)});
      if (int64_t rows = interface.inputs[i].rows(axis))
        dim = graph->node("Sub", {dim, model.integer(rows)});
      return graph->node("Squeeze", {dim}, {}, "size_" + info.name);
    }
  int parent = interface.grids[grid].parent;
  if (parent >= 0) {
    Name finer = gridSize(parent, axis, user);
    if (info.coarsening == pde::Coarsening::Same)
      return finer;
    if (info.coarsening == pde::Coarsening::Vertex)
      finer = graph->node("Sub", {finer, model.integer(1)});
    return graph->node("Div", {finer, model.integer(2)}, {},
                       "size_" + info.name);
  }
  for (const auto &size : file.sizes)
    if (size.grid == grid && size.axis == axis)
      return size.name;
  Name input =
      model.unique("size_" + interface.grids[grid].name + "_" + info.name);
  file.sizes.push_back({input, grid, axis});
  model.main().addInput(input, {Element::I64, {}}, "cells along this axis");
  if (info.size > 0 && options.withDefaults)
    model.setDefault(input, Element::I64, 0, info.size);
  return input;
}

void OnnxExporter::emitSize(pde::SizeOp op) {
  names[op.getSize()] =
      gridSize(interface.gridIndex(op.getGrid()), op.getAxis(), op);
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

bool OnnxExporter::emitLayer(Operation &op) {
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case([&](net::PadOp op) { return emitPad(op), true; })
      .Case([&](net::FoldOp op) { return emitFold(op), true; })
      .Case([&](net::WeightsOp op) { return emitWeights(op), true; })
      .Case([&](net::ConvOp op) { return emitConv(op), true; })
      .Case(
          [&](net::ConvTransposeOp op) { return emitConvTranspose(op), true; })
      .Case([&](net::ActivationOp op) { return emitActivation(op), true; })
      .Case([&](net::AddOp op) {
        names[op.getResult()] =
            graph->node("Add", {name(op.getA()), name(op.getB())});
        return true;
      })
      .Case([&](net::SubtractOp op) {
        names[op.getResult()] =
            graph->node("Sub", {name(op.getA()), name(op.getB())});
        return true;
      })
      .Case([&](net::ScaleOp op) {
        names[op.getResult()] = graph->node(
            "Mul", {name(op.getX()), inElement(op.getFactor())}, {}, "scale");
        return true;
      })
      .Case([&](net::ReduceOp op) { return emitReduce(op), true; })
      .Case([&](net::CoordinateOp op) { return emitCoordinate(op), true; })
      .Case([&](net::RepeatOp op) { return emitRepeat(op), true; })
      .Case([&](net::RecurOp op) { return emitRecur(op), true; })
      .Default(false);
}

void OnnxExporter::emit(Operation &op) {
  // The file's name alone: a model says nothing of the machine.
  model.setPlace(llvm::sys::path::filename(textOf(op.getLoc())).str());
  for (Type type : op.getResultTypes())
    if (auto tensor = dyn_cast<RankedTensorType>(type))
      rank = tensor.getRank();
  if (auto param = dyn_cast<pde::ParamOp>(op))
    return emitParam(param);
  if (auto size = dyn_cast<pde::SizeOp>(op))
    return emitSize(size);
  if (auto input = dyn_cast<net::InputOp>(op))
    return emitInput(input);
  if (auto output = dyn_cast<net::OutputOp>(op))
    return emitOutput(output);
  if (isa<net::NoiseOp>(op))
    return refuse(&op, "noise is a hash of 64-bit words, which the operators "
                       "of ONNX cannot say; make the noisy field an input");
  if (isa<pde::AxisOp>(op)) // for plots only
    return;
  if (emitLayer(op) || emitArithmetic(op))
    return;
  refuse(&op, "ONNX has no words for '" + op.getName().getStringRef() + "'");
}

void OnnxExporter::emitBlock(Block &block) {
  for (Operation &op : block) {
    if (op.hasTrait<OpTrait::IsTerminator>() || !refusal.empty())
      return;
    emit(op);
    noteShape(op);
  }
}

llvm::Expected<OnnxFile> OnnxExporter::run() {
  describeModel();
  nameInterface();
  for (auto program : module.getOps<net::ProgramOp>())
    emitBlock(program.getBody().front());
  if (!refusal.empty())
    return llvm::createStringError(refusal);
  emitEndings();
  std::string problem;
  file.bytes = model.finish(!options.fixed.sizes.empty(), problem);
  if (!problem.empty())
    llvm::report_fatal_error(llvm::Twine("the ONNX checker refuses a model "
                                         "that pdec made: ") +
                             problem);
  return std::move(file);
}

/// Inputs of the model are given: what computes their defaults goes.
static void dropDefaults(ModuleOp module) {
  module.walk([](net::InputOp input) {
    for (Block &block : input.getInitial())
      block.dropAllReferences();
    input.getInitial().getBlocks().clear();
  });
  module.walk<WalkOrder::PostOrder, ReverseIterator>([](Operation *op) {
    if (isOpTriviallyDead(op))
      op->erase();
  });
}

llvm::Expected<OnnxFile> exportOnnx(ModuleOp module,
                                    const pde::Interface &interface,
                                    const OnnxOptions &options) {
  OwningOpRef<ModuleOp> copy = module.clone();
  dropDefaults(*copy);
  fixValues(*copy, interface, options);
  return OnnxExporter(*copy, interface, options).run();
}

} // namespace pdec::exporters
