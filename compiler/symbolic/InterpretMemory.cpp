//===- InterpretMemory.cpp - memory of lanes ------------------------------===//
//
// A block maps byte offsets to the lanes that were stored there; what reads has
// to use the offsets of what wrote.
//
//===----------------------------------------------------------------------===//

#include "compiler/symbolic/Interpreter.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace pdec::symbolic {

Lane Interpreter::newBlock() {
  memory.emplace_back();
  return {Lane::Address, int64_t(memory.size()) - 1, 0, {}};
}

Lane Interpreter::load(const Lane &address, int64_t offset) {
  Block &block = memory[address.number];
  auto found = block.find(address.offset + offset);
  // Memory that was never written is no symbol that anything could equal.
  if (found == block.end())
    return real(expressions.symbol("uninitialised " +
                                       std::to_string(address.number) + " " +
                                       std::to_string(address.offset + offset),
                                   UnknownLoc::get(root.getContext())));
  return found->second;
}

void Interpreter::store(const Lane &address, int64_t offset, const Lane &lane) {
  memory[address.number][address.offset + offset] = lane;
}

int64_t Interpreter::bytesOf(Type type) {
  if (isa<LLVM::LLVMPointerType>(type))
    return 8;
  return std::max(1u, type.getIntOrFloatBitWidth() / 8);
}

/// Offset of a field of a struct of pointers, i32, i64 and f64.
static int64_t fieldOffset(LLVM::LLVMStructType type, int64_t field,
                           function_ref<int64_t(Type)> bytesOf) {
  int64_t offset = 0;
  for (auto [i, member] : llvm::enumerate(type.getBody())) {
    int64_t bytes = bytesOf(member);
    offset = (offset + bytes - 1) / bytes * bytes;
    if (int64_t(i) == field)
      return offset;
    offset += bytes;
  }
  llvm_unreachable("a field of the struct");
}

bool Interpreter::runMemory(Operation &op, Frame &frame) {
  auto lane = [&](Value value) { return frame[value].front(); };
  auto laneType = [](Type type) { return getElementTypeOrSelf(type); };
  if (isa<LLVM::AllocaOp>(op)) {
    frame[op.getResult(0)] = {newBlock()};
  } else if (isa<LLVM::ZeroOp>(op) &&
             isa<LLVM::LLVMPointerType>(op.getResult(0).getType())) {
    frame[op.getResult(0)] = {{Lane::Address, 0, 0, {}}};
  } else if (auto gep = dyn_cast<LLVM::GEPOp>(op)) {
    Lane address = lane(gep.getBase());
    auto structType = dyn_cast<LLVM::LLVMStructType>(gep.getElemType());
    unsigned position = 0;
    for (auto index : gep.getIndices()) {
      auto constant = dyn_cast<IntegerAttr>(index);
      int64_t value =
          constant ? constant.getInt() : lane(cast<Value>(index)).number;
      if (structType && position == 1)
        address.offset += fieldOffset(structType, value, bytesOf);
      else if (!structType)
        address.offset += value * bytesOf(laneType(gep.getElemType()));
      ++position;
    }
    frame[op.getResult(0)] = {address};
  } else if (auto loadOp = dyn_cast<LLVM::LoadOp>(op)) {
    Type type = loadOp.getType();
    int64_t bytes = bytesOf(laneType(type)), count = 1;
    if (auto vector = dyn_cast<VectorType>(type))
      count = vector.getNumElements();
    Lanes lanes;
    for (int64_t i = 0; i < count; ++i)
      lanes.push_back(load(lane(loadOp.getAddr()), i * bytes));
    frame[op.getResult(0)] = lanes;
  } else if (auto storeOp = dyn_cast<LLVM::StoreOp>(op)) {
    int64_t bytes = bytesOf(laneType(storeOp.getValue().getType()));
    for (auto [i, value] : llvm::enumerate(frame[storeOp.getValue()]))
      store(lane(storeOp.getAddr()), i * bytes, value);
  } else if (auto masked = dyn_cast<LLVM::MaskedLoadOp>(op)) {
    int64_t bytes = bytesOf(laneType(masked.getType()));
    Lanes lanes = frame[masked.getPassThru().front()];
    for (auto [i, mask] : llvm::enumerate(frame[masked.getMask()]))
      if (mask.number)
        lanes[i] = load(lane(masked.getData()), i * bytes);
    frame[op.getResult(0)] = lanes;
  } else if (auto masked = dyn_cast<LLVM::MaskedStoreOp>(op)) {
    int64_t bytes = bytesOf(laneType(masked.getValue().getType()));
    const Lanes &lanes = frame[masked.getValue()];
    for (auto [i, mask] : llvm::enumerate(frame[masked.getMask()]))
      if (mask.number)
        store(lane(masked.getData()), i * bytes, lanes[i]);
  } else if (auto copy = dyn_cast<LLVM::MemcpyOp>(op)) {
    Lane to = lane(copy.getDst()), from = lane(copy.getSrc());
    int64_t bytes = lane(copy.getLen()).number;
    Block &source = memory[from.number];
    // Copied first: the two may be parts of one block.
    std::vector<std::pair<int64_t, Lane>> cells(
        source.lower_bound(from.offset),
        source.lower_bound(from.offset + bytes));
    for (auto &[offset, value] : cells)
      store(to, offset - from.offset, value);
  } else {
    return false;
  }
  return true;
}

} // namespace pdec::symbolic
