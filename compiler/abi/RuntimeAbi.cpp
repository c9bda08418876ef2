//===- RuntimeAbi.cpp - the runtime's symbols, for generated code ---------===//
//
// The table must say of each function what runtime/pde_runtime.h says;
// test/codegen compares them (runtime-symbols.py). The list for the JIT is made
// of it when pdec is built, by a script that looks for its lines: one function
// a line. Use: a lowering declares all functions at its beginning
// (declareRuntime), calls them by name (call), and drops the declarations of
// those that it did not need at its end.
//
//===----------------------------------------------------------------------===//

#include "compiler/abi/RuntimeAbi.h"

#include "mlir/Dialect/LLVMIR/LLVMTypes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace pdec::abi {

/// One function: its C type in letters, result first. v void, p pointer,
/// i int32_t, l int64_t, d double, b pde_body, f pde_pointwise.
struct RuntimeFunction {
  const char *name;
  const char *signature;
};

static const RuntimeFunction functions[] = {
    {"pde_get_real", "dpi"},
    {"pde_get_int", "lpi"},
    {"pde_get_size", "lpii"},
    {"pde_integer", "lpiill"},
    {"pde_whole", "lpid"},
    {"pde_check_index", "lpill"},
    {"pde_read_entry", "dppl"},
    {"pde_set_axis", "vpiidd"},
    {"pde_alloc", "ppl"},
    {"pde_free", "vpp"},
    {"pde_read_input", "ppi"},
    {"pde_note_input", "vpip"},
    {"pde_write_output", "vpip"},
    {"pde_write_number", "vpid"},
    {"pde_record_field", "vpilp"},
    {"pde_record_number", "vpilid"},
    {"pde_parallel", "vplbpl"},
    {"pde_tile_rows", "lplll"},
    {"pde_row_ring", "lplllp"},
    {"pde_progress", "vpll"},
    {"pde_is_watched", "ip"},
    {"pde_is_check_due", "ipll"},
    {"pde_watch", "vpiilp"},
    {"pde_note_step_length", "vpid"},
    {"pde_note_iteration", "vpildd"},
    {"pde_fail_convergence", "vpildd"},
    {"pde_reversal_begin", "ppll"},
    {"pde_reversal_next", "ipp"},
    {"pde_reversal_first", "lpp"},
    {"pde_reversal_passes", "lpp"},
    {"pde_reversal_back", "lpp"},
    {"pde_reversal_restore", "vppipl"},
    {"pde_reversal_keep", "vppipl"},
    {"pde_reversal_start", "vppip"},
    {"pde_reversal_source", "pppi"},
    {"pde_reversal_target", "pppili"},
    {"pde_reversal_made", "vpp"},
    {"pde_reversal_leads", "ip"},
    {"pde_reversal_climb", "ipp"},
    {"pde_convolve", "vppiplpp"},
    {"pde_correlate", "vpppppll"},
    {"pde_along", "vpilllpp"},
    {"pde_state_begin", "ppil"},
    {"pde_state_first", "lpp"},
    {"pde_state_ended", "ipp"},
    {"pde_state_due", "ippli"},
    {"pde_state_save", "vpp"},
    {"pde_reduce", "dpilpp"},
    {"pde_sums", "vpllppp"},
    {"pde_count_work", "vpll"},
    {"pde_noise", "dll"},
    {"pde_tensor_take", "ppipp"},
    {"pde_tensor_copy_out", "ppp"},
    {"pde_tensor_share", "ppp"},
    {"pde_tensor_free", "vpp"},
    {"pde_tensor_bytes", "lpp"},
    {"pde_tensor_restore", "pppip"},
    {"pde_tensor_keep", "vppip"},
    {"pde_layer_pad", "pppp"},
    {"pde_layer_conv", "ppppp"},
    {"pde_layer_conv_transpose", "ppppp"},
    {"pde_layer_fold", "pppp"},
    {"pde_layer_add", "pppp"},
    {"pde_layer_subtract", "pppp"},
    {"pde_layer_scale", "pppd"},
    {"pde_layer_activation", "ppipfp"},
    {"pde_layer_coordinate", "ppipildd"},
    {"pde_layer_noise", "ppipl"},
    {"pde_layer_along", "pppiil"},
    {"pde_layer_entry", "dppl"},
    {"pde_layer_reduce", "dpipp"},
    {"pde_layer_convolve", "vpipiplpp"},
    {"pde_layer_correlate", "ppipppll"},
};

FunctionType bodyType(MLIRContext *context) {
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64);
  return FunctionType::get(context, {pointer, i64, i64, pointer}, {});
}

FunctionType pointwiseType(MLIRContext *context) {
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64);
  return FunctionType::get(context, {pointer, pointer, pointer, i64, i64}, {});
}

/// Pointers are opaque: what they point to is between the lowering and the
/// header.
static Type typeOf(MLIRContext *context, char letter) {
  switch (letter) {
  case 'p':
    return LLVM::LLVMPointerType::get(context);
  case 'i':
    return IntegerType::get(context, 32);
  case 'l':
    return IntegerType::get(context, 64);
  case 'd':
    return Float64Type::get(context);
  case 'b':
    return bodyType(context);
  case 'f':
    return pointwiseType(context);
  }
  llvm_unreachable("a letter of a signature");
}

void declareRuntime(ModuleOp module) {
  MLIRContext *context = module.getContext();
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  for (const RuntimeFunction &function : functions) {
    if (module.lookupSymbol(function.name))
      continue;
    StringRef letters = function.signature;
    SmallVector<Type> results, arguments;
    if (letters.front() != 'v')
      results.push_back(typeOf(context, letters.front()));
    for (char letter : letters.drop_front())
      arguments.push_back(typeOf(context, letter));
    auto declaration = builder.create<func::FuncOp>(
        builder.getUnknownLoc(), function.name,
        FunctionType::get(context, arguments, results));
    // Symbols from elsewhere; func wants declarations private.
    declaration.setPrivate();
  }
}

/// A module in print shows what it calls, and the linker takes no more than
/// that from the archive.
void removeUnusedDeclarations(ModuleOp module) {
  llvm::DenseSet<Attribute> used;
  auto uses = SymbolTable::getSymbolUses(&module.getBodyRegion());
  for (const SymbolTable::SymbolUse &use : *uses)
    used.insert(use.getSymbolRef().getLeafReference());
  for (const RuntimeFunction &function : functions) {
    auto declaration = module.lookupSymbol<func::FuncOp>(function.name);
    if (declaration && !used.count(declaration.getSymNameAttr()))
      declaration.erase();
  }
}

Value call(OpBuilder &builder, Location loc, StringRef name,
           ValueRange arguments) {
  auto module = builder.getBlock()->getParentOp()->getParentOfType<ModuleOp>();
  auto declaration = module.lookupSymbol<func::FuncOp>(name);
  assert(declaration && "the runtime is declared");
  auto made = builder.create<func::CallOp>(loc, declaration, arguments);
  return made.getNumResults() ? made.getResult(0) : Value();
}

} // namespace pdec::abi
