//===- OnnxExport.cpp - a network as a model ------------------------------===//

#include "compiler/exporters/OnnxChannels.h"
#include "compiler/exporters/OnnxConvs.h"
#include "compiler/exporters/OnnxFix.h"
#include "compiler/exporters/OnnxFolds.h"
#include "compiler/exporters/OnnxLoops.h"
#include "compiler/exporters/OnnxPads.h"
#include "compiler/exporters/OnnxPorts.h"
#include "compiler/exporters/OnnxScalars.h"
#include "compiler/pde/PdeResults.h"

#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace pdec::exporters {

namespace {
/// Walks a network and gives each operation to the part that has nodes for its
/// family, in their order.
class OnnxExporter {
public:
  OnnxExporter(const pde::Interface &interface, const OnnxOptions &options)
      : isSized(!options.fixed.sizes.empty()),
        build(interface, options.profile), values(build),
        shapes(interface, options.fixed, values),
        ports(interface, options, build, values, shapes),
        scalars(build, values),
        cells(build, values, shapes, [&](Block &block) { write(block); }),
        convs(build, values, shapes), channels(build, values, shapes),
        pads(build, values, shapes), folds(build, values),
        loops(build, values, shapes, refusal, options.unroll,
              [&](Block &block) { write(block); }) {}

  llvm::Expected<OnnxFile> run(ModuleOp module);

private:
  const bool isSized; ///< sizes of some grids are fixed
  OnnxRefusal refusal;
  OnnxBuilder build;
  OnnxValues values;
  OnnxShapes shapes;
  OnnxPorts ports;
  OnnxScalars scalars;
  OnnxCells cells;
  OnnxConvs convs;
  OnnxChannels channels;
  OnnxPads pads;
  OnnxFolds folds;
  OnnxLoops loops;

  void write(Block &block);
  void emit(Operation &op);
  bool emitBoundary(Operation &op);
  bool emitConvolution(Operation &op);
  bool emitLoop(Operation &op);
};
} // namespace

bool OnnxExporter::emitBoundary(Operation &op) {
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case([&](net::PadOp op) {
        values.setName(op.getResult(), pads.pad(op));
        return true;
      })
      .Case([&](net::FoldOp op) {
        values.setName(op.getResult(), folds.fold(op));
        return true;
      })
      .Default(false);
}

bool OnnxExporter::emitConvolution(Operation &op) {
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case([&](net::WeightsOp op) { return convs.noteWeights(op), true; })
      .Case([&](net::ConvOp op) {
        values.setName(op.getResult(), convs.conv(op));
        return true;
      })
      .Case([&](net::ConvTransposeOp op) {
        values.setName(op.getResult(), convs.convTranspose(op));
        return true;
      })
      .Case([&](net::ConvolveOp op) {
        shapes.note(*op);
        return channels.convolve(op), true;
      })
      .Case([&](net::CorrelateOp op) {
        values.setName(op.getResult(), channels.correlate(op));
        return true;
      })
      .Default(false);
}

bool OnnxExporter::emitLoop(Operation &op) {
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case([&](net::RepeatOp op) { return loops.emitRepeat(op), true; })
      .Case([&](net::RecurOp op) { return loops.emitRecur(op), true; })
      .Case([&](net::ReverseOp op) { return loops.emitReverse(op), true; })
      .Default(false);
}

void OnnxExporter::emit(Operation &op) {
  if (isa<net::NoiseOp>(op))
    return refusal.refuse(
        &op, "noise is a hash of 64-bit words, which the operators "
             "of ONNX cannot say; make the noisy field an input");
  if (ports.emit(op) || emitBoundary(op) || emitConvolution(op) ||
      cells.emit(op) || emitLoop(op) || scalars.emit(op))
    return;
  refusal.refuse(&op,
                 "ONNX has no words for '" + op.getName().getStringRef() + "'");
}

void OnnxExporter::write(Block &block) {
  for (Operation &op : block) {
    if (op.hasTrait<OpTrait::IsTerminator>() || refusal.isThere())
      return;
    // The file's name alone: a model says nothing of the machine.
    build.model.setPlace(
        llvm::sys::path::filename(pde::placeText(op.getLoc())).str());
    emit(op);
    shapes.note(op);
  }
}

llvm::Expected<OnnxFile> OnnxExporter::run(ModuleOp module) {
  module.walk([&](pde::RecordOp op) {
    if (!refusal.isThere())
      refusal.refuse(op, "a model has outputs, but no records: take '" +
                             op.getName() + "' out of its evolution");
  });
  if (!refusal.isThere())
    for (auto program : module.getOps<net::ProgramOp>())
      write(program.getBody().front());
  if (refusal.isThere())
    return llvm::createStringError(refusal.getText());
  loops.outputEndings();
  OnnxFile file = ports.take();
  std::string problem;
  file.bytes = build.model.finish(isSized, problem);
  if (!problem.empty())
    llvm::report_fatal_error(llvm::Twine("the ONNX checker refuses a model "
                                         "that pdec made: ") +
                             problem);
  return file;
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
  return OnnxExporter(interface, options).run(*copy);
}

} // namespace pdec::exporters
