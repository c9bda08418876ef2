//===- Buffers.cpp - memory of fields, also in loops ----------------------===//

#include "compiler/kernel/Buffers.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

Value Buffers::take(size_t level, FieldType type) {
  if (level == 0)
    return code.allocate(type);
  auto &free = levels[level].free[type];
  if (!free.empty())
    return free.pop_back_val();
  Value slot = code.slot();
  Location loc = levels[level].loop->getLoc();
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(levels[level].loop);
    builder.create<LLVM::StoreOp>(loc, take(level - 1, type), slot);
  }
  levels[level].slots.push_back({type, slot});
  return builder.create<LLVM::LoadOp>(
      loc, LLVM::LLVMPointerType::get(builder.getContext()), slot);
}

void Buffers::give(FieldType type, Value memory) {
  if (levels.size() == 1)
    code.release(memory);
  else
    levels.back().free[type].push_back(memory);
}

void Buffers::enterLoop(Operation *loop) { levels.emplace_back().loop = loop; }

void Buffers::endPass() {
  Level &level = levels.back();
  for (auto &[type, slot] : level.slots) {
    auto &free = level.free[type];
    assert(!free.empty() && "a pass keeps as many fields as it got");
    builder.create<LLVM::StoreOp>(level.loop->getLoc(), free.pop_back_val(),
                                  slot);
  }
}

void Buffers::leaveLoop() {
  Level level = std::move(levels.back());
  levels.pop_back();
  for (auto &[type, slot] : level.slots)
    give(type, builder.create<LLVM::LoadOp>(
                   level.loop->getLoc(),
                   LLVM::LLVMPointerType::get(builder.getContext()), slot));
}

} // namespace pdec::kernel
