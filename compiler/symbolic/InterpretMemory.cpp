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

/// An index after the first selects a field of a struct; all others count
/// elements.
Lane Interpreter::addressOf(LLVM::GEPOp gep, Frame &frame) {
  Lane address = frame[gep.getBase()].front();
  auto structType = dyn_cast<LLVM::LLVMStructType>(gep.getElemType());
  unsigned position = 0;
  for (auto index : gep.getIndices()) {
    auto constant = dyn_cast<IntegerAttr>(index);
    int64_t value =
        constant ? constant.getInt() : frame[cast<Value>(index)].front().number;
    if (structType && position == 1)
      address.offset += fieldOffset(structType, value, bytesOf);
    else if (!structType)
      address.offset +=
          value * bytesOf(getElementTypeOrSelf(gep.getElemType()));
    ++position;
  }
  return address;
}

/// Lanes that the mask leaves out are not touched: nothing may be there.
void Interpreter::runMasked(LLVM::MaskedLoadOp op, Frame &frame) {
  int64_t bytes = bytesOf(getElementTypeOrSelf(op.getType()));
  Lane address = frame[op.getData()].front();
  Lanes lanes = frame[op.getPassThru().front()];
  for (auto [i, mask] : llvm::enumerate(frame[op.getMask()]))
    if (mask.number)
      lanes[i] = load(address, i * bytes);
  frame[op.getResult()] = lanes;
}

void Interpreter::runMasked(LLVM::MaskedStoreOp op, Frame &frame) {
  int64_t bytes = bytesOf(getElementTypeOrSelf(op.getValue().getType()));
  Lane address = frame[op.getData()].front();
  const Lanes &lanes = frame[op.getValue()];
  for (auto [i, mask] : llvm::enumerate(frame[op.getMask()]))
    if (mask.number)
      store(address, i * bytes, lanes[i]);
}

/// Only cells that were stored are copied, what is between them stays as it
/// was.
void Interpreter::copyCells(LLVM::MemcpyOp copy, Frame &frame) {
  Lane to = frame[copy.getDst()].front(), from = frame[copy.getSrc()].front();
  int64_t bytes = frame[copy.getLen()].front().number;
  Block &source = memory[from.number];
  // Copied first: the two may be parts of one block.
  std::vector<std::pair<int64_t, Lane>> cells(
      source.lower_bound(from.offset), source.lower_bound(from.offset + bytes));
  for (auto &[offset, value] : cells)
    store(to, offset - from.offset, value);
}

bool Interpreter::runMemory(Operation &op, Frame &frame) {
  auto lane = [&](Value value) { return frame[value].front(); };
  if (isa<LLVM::AllocaOp>(op)) {
    frame[op.getResult(0)] = {newBlock()};
  } else if (isa<LLVM::ZeroOp>(op) &&
             isa<LLVM::LLVMPointerType>(op.getResult(0).getType())) {
    frame[op.getResult(0)] = {{Lane::Address, 0, 0, {}}};
  } else if (auto gep = dyn_cast<LLVM::GEPOp>(op)) {
    frame[op.getResult(0)] = {addressOf(gep, frame)};
  } else if (auto loadOp = dyn_cast<LLVM::LoadOp>(op)) {
    Type type = loadOp.getType();
    int64_t bytes = bytesOf(getElementTypeOrSelf(type)), count = 1;
    if (auto vector = dyn_cast<VectorType>(type))
      count = vector.getNumElements();
    Lanes lanes;
    for (int64_t i = 0; i < count; ++i)
      lanes.push_back(load(lane(loadOp.getAddr()), i * bytes));
    frame[op.getResult(0)] = lanes;
  } else if (auto storeOp = dyn_cast<LLVM::StoreOp>(op)) {
    Type type = storeOp.getValue().getType();
    int64_t bytes = bytesOf(getElementTypeOrSelf(type));
    for (auto [i, value] : llvm::enumerate(frame[storeOp.getValue()]))
      store(lane(storeOp.getAddr()), i * bytes, value);
  } else if (auto masked = dyn_cast<LLVM::MaskedLoadOp>(op)) {
    runMasked(masked, frame);
  } else if (auto masked = dyn_cast<LLVM::MaskedStoreOp>(op)) {
    runMasked(masked, frame);
  } else if (auto copy = dyn_cast<LLVM::MemcpyOp>(op)) {
    copyCells(copy, frame);
  } else {
    return false;
  }
  return true;
}

} // namespace pdec::symbolic
