//===- MergeMaps.cpp - maps that only another map reads -------------------===//

#include "compiler/pde/Passes.h"
#include "compiler/pde/PdeDialect.h"

using namespace mlir;

namespace pdec::pde {

#define GEN_PASS_DEF_MERGEMAPS
#include "compiler/pde/Passes.h.inc"

/// The only reader of a map, if it is a map of the same block.
static MapOp onlyReader(MapOp map) {
  if (!map->hasOneUse())
    return {};
  auto reader = dyn_cast<MapOp>(*map->user_begin());
  return reader && reader->getBlock() == map->getBlock() ? reader : MapOp();
}

/// One argument for a field that is read twice: the first.
static void dropRepeated(MapOp map) {
  Block &body = map.getBody().front();
  llvm::DenseMap<Value, BlockArgument> first;
  for (unsigned i = 0; i < map->getNumOperands();) {
    auto [known, isNew] =
        first.try_emplace(map->getOperand(i), body.getArgument(i));
    if (isNew) {
      ++i;
      continue;
    }
    body.getArgument(i).replaceAllUsesWith(known->second);
    body.eraseArgument(i);
    map->eraseOperand(i);
  }
}

/// Makes `map` a part of its only reader: its fields take its place among the
/// reader's, and its arithmetic comes first.
static void mergeInto(MapOp reader, MapOp map) {
  Block &body = reader.getBody().front(), &part = map.getBody().front();
  unsigned place = map.getResult().use_begin()->getOperandNumber();
  Operation *yield = part.getTerminator();
  body.getArgument(place).replaceAllUsesWith(yield->getOperand(0));
  body.eraseArgument(place);
  reader->eraseOperand(place);
  reader->insertOperands(place, map.getFields());
  for (BlockArgument argument : part.getArguments())
    argument.replaceAllUsesWith(
        body.insertArgument(place++, argument.getType(), argument.getLoc()));
  body.getOperations().splice(body.begin(), part.getOperations(), part.begin(),
                              yield->getIterator());
  map.erase();
  dropRepeated(reader);
}

namespace {
struct MergeMapsPass : impl::MergeMapsBase<MergeMapsPass> {
  void runOnOperation() override {
    SmallVector<MapOp> maps;
    getOperation()->walk([&](MapOp map) { maps.push_back(map); });
    // From the last on, so that readers are whole before they are read.
    for (MapOp map : llvm::reverse(maps)) {
      dropRepeated(map);
      if (MapOp reader = onlyReader(map))
        mergeInto(reader, map);
    }
  }
};
} // namespace

} // namespace pdec::pde
