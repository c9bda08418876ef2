//===- OnnxLoops.h - repeated blocks and recurrent cells --------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXLOOPS_H
#define PDEC_EXPORTERS_ONNXLOOPS_H

#include "compiler/exporters/OnnxCells.h"
#include "compiler/exporters/OnnxRefusal.h"

namespace pdec::exporters {

/// Says repeat and recur as loops, or as copies of their blocks. Owns what is
/// known of the ends of loops with a condition.
class OnnxLoops {
public:
  OnnxLoops(OnnxBuilder &build, OnnxValues &values, OnnxShapes &shapes,
            OnnxRefusal &refusal, bool unroll, WriteBlock writeBlock)
      : build(build), values(values), shapes(shapes), refusal(refusal),
        unroll(unroll), writeBlock(std::move(writeBlock)) {}

  void emitRepeat(net::RepeatOp op);
  void emitRecur(net::RecurOp op);
  void emitReverse(net::ReverseOp op);
  /// A graph cannot fail: at its end, it says whether its loops converged.
  void outputEndings();

private:
  /// Whether a loop with a condition ended by it.
  struct Ending {
    net::RecurOp loop;
    Name converged;
  };
  /// A loop's body while it is written.
  struct Body {
    std::unique_ptr<OnnxGraph> graph;
    OnnxGraph &outside;          ///< where the loop will be
    std::vector<Ending> endings; ///< of loops before this one
    std::vector<Name> inits;     ///< of what it carries
    /// Values that are collected from all passes.
    std::vector<std::pair<Name, ValueType>> collected = {};
  };

  OnnxBuilder &build;
  OnnxValues &values;
  OnnxShapes &shapes;
  OnnxRefusal &refusal;
  bool unroll; ///< repeated blocks as copies instead of a Loop
  WriteBlock writeBlock;
  std::vector<Ending> endings; ///< of the present graph, innermost first

  std::optional<int64_t> knownCount(mlir::Value count);
  void emitUnrolled(net::RepeatOp op);
  void emitCopies(net::RepeatOp op, int64_t count);
  void joinEndings(std::vector<Ending> &all, const std::vector<Ending> &copy);

  ValueType typeOf(mlir::Value value);
  Body open(const std::string &hint);
  void bindArguments(Body &body, mlir::Operation *loop, mlir::ValueRange inits);
  Name bindPass(Body &body);
  void bindState(Body &body, mlir::BlockArgument argument);

  // OnnxReversals.cpp
  std::vector<Name> collectStates(net::ReverseOp op);
  void yield(Body &body, const Name &value, const std::string &hint,
             const ValueType &type);
  void yieldCarried(Body &body, mlir::ValueRange inits, mlir::ValueRange next);
  void carryEndings(Body &body, const std::vector<Ending> &inner);
  std::vector<Name> finish(Body &body, const Name &count, const Name &condition,
                           const std::string &hint);
  std::vector<Name> close(Body &body, mlir::Operation *loop, const Name &count,
                          const Name &condition, const std::string &hint);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXLOOPS_H
