//===- NetToPde.cpp - a network as the scheme that it is ------------------===//

#include "compiler/net/Passes.h"
#include "compiler/net/Raiser.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pdec::net {

#define GEN_PASS_DEF_NETTOPDE
#include "compiler/net/Passes.h.inc"

LogicalResult refuse(Operation *op, const Twine &why) {
  return op->emitOpError("is no operation of a scheme: ") << why;
}

pde::GridOp Raiser::gridNamed(FlatSymbolRefAttr name) {
  return module.lookupSymbol<pde::GridOp>(name);
}

/// The default's layers go before the input, which reads what they make.
LogicalResult Raiser::raiseInput(InputOp op) {
  SmallVector<int64_t> low, high;
  for (unsigned axis = 0; axis < op.getResult().getType().getRank(); ++axis) {
    low.push_back(op.lowRows(axis));
    high.push_back(op.highRows(axis));
    if (low.back() < 0 || high.back() < 0)
      return refuse(op, "it has fewer rows than its grid has cells");
  }
  auto type =
      pde::FieldType::get(op.getContext(), op.getGridAttr(),
                          op.getResult().getType().getElementType(), {}, {})
          .withRows(low, high);
  Value initial;
  if (op.hasDefault()) {
    Block &body = op.getInitial().front();
    if (failed(raiseBlock(body)))
      return failure();
    initial = mapped(body.getTerminator()->getOperand(0));
  }
  auto made = builder.create<pde::InputOp>(op.getLoc(), type, op.getNameAttr(),
                                           initial, FloatAttr(), FloatAttr());
  for (NamedAttribute legal : op->getDiscardableAttrs())
    made->setAttr(legal.getName(), legal.getValue());
  mapping.map(op.getResult(), made.getField());
  return success();
}

LogicalResult Raiser::raise(Operation &op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](InputOp input) { return raiseInput(input); })
      .Case([&](OutputOp output) {
        builder.create<pde::OutputOp>(op.getLoc(), output.getName(),
                                      mapped(output.getValue()));
        return success();
      })
      .Case([&](WeightsOp weights) { return raiseWeights(weights); })
      .Case([&](PadOp pad) { return raisePad(pad); })
      .Case([&](ConvOp conv) { return raiseConv(conv); })
      .Case([&](ConvTransposeOp conv) { return raiseConvTranspose(conv); })
      .Case([&](ConvolveOp convolve) { return raiseConvolve(convolve); })
      .Case([&](CorrelateOp correlate) { return raiseCorrelate(correlate); })
      .Case([&](AlongOp along) { return raiseAlong(along); })
      .Case([&](FoldOp fold) { return raiseFold(fold); })
      .Case(
          [&](ActivationOp activation) { return raiseActivation(activation); })
      .Case([&](AddOp add) { return raiseSum<arith::AddFOp>(add); })
      .Case([&](SubtractOp subtract) {
        return raiseSum<arith::SubFOp>(subtract);
      })
      .Case([&](ScaleOp scale) { return raiseScale(scale); })
      .Case(
          [&](CoordinateOp coordinate) { return raiseCoordinate(coordinate); })
      .Case([&](NoiseOp noise) { return raiseNoise(noise); })
      .Case([&](ReduceOp reduce) { return raiseReduce(reduce); })
      .Case([&](EntryOp entry) { return raiseEntry(entry); })
      .Case([&](RepeatOp repeat) { return raiseRepeat(repeat); })
      .Case([&](RecurOp recur) { return raiseRecur(recur); })
      .Case([&](ReverseOp reverse) { return raiseReverse(reverse); })
      .Default([&](Operation *) {
        builder.clone(op, mapping); // scalars and declarations
        return success();
      });
}

/// Ends of blocks are left to those who know what they end.
LogicalResult Raiser::raiseBlock(Block &block) {
  for (Operation &op : block)
    if (!op.hasTrait<OpTrait::IsTerminator>() && failed(raise(op)))
      return failure();
  return success();
}

/// The verifier of the pde dialect knows what a scheme may say; what is raised
/// may say no more.
LogicalResult Raiser::raiseProgram(ProgramOp network) {
  builder.setInsertionPointAfter(network);
  auto program =
      builder.create<pde::ProgramOp>(network.getLoc(), network.getSymName());
  builder.setInsertionPointToEnd(&program.getBody().emplaceBlock());
  bool isRaised = succeeded(raiseBlock(network.getBody().front())) &&
                  succeeded(verify(program));
  if (!isRaised)
    program.erase();
  return success(isRaised);
}

namespace {
struct NetToPdePass : impl::NetToPdeBase<NetToPdePass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    for (auto network : llvm::to_vector(module.getOps<ProgramOp>())) {
      if (failed(Raiser(module).raiseProgram(network)))
        return signalPassFailure();
      network.erase();
    }
  }
};
} // namespace

} // namespace pdec::net
