//===- SameScheme.cpp - whether two schemes compute the same --------------===//
//
// Values are numbered by what makes them: the operation, its attributes and the
// numbers of its operands and of what its regions yield. Arguments of regions
// are numbered by how deep they are, so that loops that do the same have the
// same number wherever they stand.
//
//===----------------------------------------------------------------------===//

#include "compiler/verify/SameScheme.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/IR/OpDefinition.h"

#include <map>

using namespace mlir;

namespace pdec::driver {

namespace {

/// Numbers the values of any number of modules.
class Numbering {
public:
  /// The number of all that a module does.
  size_t ofModule(ModuleOp module);

private:
  enum class Kind { Argument, Operation, Result, Region };
  /// What tells one thing of a kind from others: numbers, and what the context
  /// has once.
  using Parts = std::vector<const void *>;
  std::map<std::pair<Kind, Parts>, size_t> numbers;
  llvm::DenseMap<Value, size_t> values;

  size_t numberOf(Kind kind, const Parts &parts) {
    return numbers.try_emplace({kind, parts}, numbers.size()).first->second;
  }
  size_t ofOperation(Operation &op, unsigned depth);
  size_t ofRegion(Region &region, unsigned depth);
};

} // namespace

static const void *asPart(size_t number) {
  return reinterpret_cast<const void *>(number);
}

/// Whether it is done for more than its results.
static bool isDone(Operation &op) {
  return op.hasTrait<OpTrait::IsTerminator>() || op.getNumResults() == 0 ||
         isa<LoopLikeOpInterface, pde::ParamOp, pde::InputOp>(op);
}

size_t Numbering::ofRegion(Region &region, unsigned depth) {
  Parts done;
  for (Block &block : region) {
    for (BlockArgument argument : block.getArguments())
      values[argument] = numberOf(
          Kind::Argument, {asPart(depth), asPart(argument.getArgNumber()),
                           argument.getType().getAsOpaquePointer()});
    for (Operation &op : block) {
      size_t number = ofOperation(op, depth);
      if (isDone(op))
        done.push_back(asPart(number));
    }
  }
  llvm::sort(done);
  return numberOf(Kind::Region, done);
}

size_t Numbering::ofOperation(Operation &op, unsigned depth) {
  Parts parts = {op.getName().getAsOpaquePointer(),
                 op.getAttrDictionary().getAsOpaquePointer()};
  for (Type type : op.getResultTypes())
    parts.push_back(type.getAsOpaquePointer());
  size_t own = parts.size();
  for (Value operand : op.getOperands())
    parts.push_back(asPart(values.lookup(operand)));
  if (op.hasTrait<OpTrait::IsCommutative>())
    llvm::sort(parts.begin() + own, parts.end());
  for (Region &region : op.getRegions())
    parts.push_back(asPart(ofRegion(region, depth + 1)));
  size_t number = numberOf(Kind::Operation, parts);
  for (OpResult result : op.getResults())
    values[result] = numberOf(
        Kind::Result, {asPart(number), asPart(result.getResultNumber())});
  return number;
}

size_t Numbering::ofModule(ModuleOp module) {
  return ofRegion(module.getBodyRegion(), 0);
}

bool areSameScheme(ModuleOp a, ModuleOp b) {
  Numbering numbering;
  return numbering.ofModule(a) == numbering.ofModule(b);
}

} // namespace pdec::driver
