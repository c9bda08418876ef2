//===- Descriptor.cpp - the pde_program of a module -----------------------===//

#include "compiler/codegen/Descriptor.h"
#include "runtime/pde_runtime.h"

#include "llvm/IR/IRBuilder.h"

using namespace llvm;
using pdec::pde::Interface;

namespace pdec::codegen {

namespace {

/// Builds constants that lie in memory as the structures of pde_runtime.h do;
/// LLVM lays out a literal struct as C does.
class DescriptorBuilder {
public:
  DescriptorBuilder(Module &module)
      : module(module), context(module.getContext()),
        pointer(PointerType::getUnqual(context)),
        i32(Type::getInt32Ty(context)), i64(Type::getInt64Ty(context)),
        real(Type::getDoubleTy(context)) {}

  Constant *program(const Interface &interface, StringRef source,
                    StringRef form);

private:
  Module &module;
  LLVMContext &context;
  Type *pointer, *i32, *i64, *real;

  Constant *number(int32_t value) { return ConstantInt::get(i32, value); }
  Constant *wide(int64_t value) { return ConstantInt::get(i64, value); }
  Constant *record(ArrayRef<Constant *> fields) {
    return ConstantStruct::getAnon(fields);
  }
  GlobalVariable *global(Constant *value, StringRef name) {
    return new GlobalVariable(module, value->getType(), /*isConstant=*/true,
                              GlobalValue::PrivateLinkage, value, name);
  }
  Constant *text(StringRef value) {
    return global(ConstantDataArray::getString(context, value), "text");
  }
  Constant *list(ArrayRef<Constant *> items, StringRef name) {
    if (items.empty())
      return ConstantPointerNull::get(cast<PointerType>(pointer));
    auto *type = ArrayType::get(items.front()->getType(), items.size());
    return global(ConstantArray::get(type, items), name);
  }
  template <typename Items, typename Function>
  Constant *listOf(const Items &items, StringRef name, Function describe) {
    std::vector<Constant *> constants;
    for (const auto &item : items)
      constants.push_back(describe(item));
    return list(constants, name);
  }
  Constant *perAxis(Type *type, ArrayRef<Constant *> values) {
    std::vector<Constant *> all(values);
    all.resize(PDE_MAX_RANK, Constant::getNullValue(type));
    return ConstantArray::get(ArrayType::get(type, PDE_MAX_RANK), all);
  }
  Constant *param(const Interface::Param &param);
  Constant *grid(const Interface::Grid &grid);
  Constant *loop(const Interface::Loop &loop) {
    return record({text(loop.what), text(loop.measure), number(loop.line)});
  }
  Constant *port(const Interface::Port &port) {
    std::vector<Constant *> low, high;
    for (unsigned axis = 0; axis < PDE_MAX_RANK; ++axis) {
      low.push_back(number(port.low[axis]));
      high.push_back(number(port.high[axis]));
    }
    return record({text(port.name), number(port.grid), number(port.hasDefault),
                   perAxis(i32, low), perAxis(i32, high)});
  }
};

} // namespace

Constant *DescriptorBuilder::param(const Interface::Param &param) {
  int64_t bits = param.integer;
  if (!param.isInt)
    std::memcpy(&bits, &param.real, sizeof bits);
  return record({text(param.name), number(param.isInt ? PDE_INT : PDE_REAL),
                 number(param.lowOpen), number(param.highOpen), wide(bits),
                 ConstantFP::get(real, param.low),
                 ConstantFP::get(real, param.high)});
}

Constant *DescriptorBuilder::grid(const Interface::Grid &grid) {
  std::vector<Constant *> names, sizes, least, coarsenings;
  for (const Interface::Axis &axis : grid.axes) {
    names.push_back(text(axis.name));
    sizes.push_back(wide(axis.size));
    least.push_back(wide(axis.minSize));
    coarsenings.push_back(number(int32_t(axis.coarsening)));
  }
  return record({text(grid.name), number(grid.axes.size()),
                 perAxis(pointer, names), perAxis(i64, sizes),
                 perAxis(i64, least), number(grid.parent),
                 perAxis(i32, coarsenings)});
}

Constant *DescriptorBuilder::program(const Interface &interface,
                                     StringRef source, StringRef form) {
  auto describePort = [&](const Interface::Port &one) { return port(one); };
  return record(
      {text(interface.name), text(source), text(form),
       number(interface.isF32 ? PDE_F32 : PDE_F64),
       number(interface.grids.size()), number(interface.params.size()),
       number(interface.inputs.size()), number(interface.outputs.size()),
       number(interface.loops.size()),
       listOf(interface.grids, "grids", [&](auto &one) { return grid(one); }),
       listOf(interface.params, "params",
              [&](auto &one) { return param(one); }),
       listOf(interface.inputs, "inputs", describePort),
       listOf(interface.outputs, "outputs", describePort),
       listOf(interface.loops, "loops", [&](auto &one) { return loop(one); }),
       module.getFunction("run")});
}

namespace {

/// Public functions of a product, which call the runtime with the descriptor.
class Entries {
public:
  Entries(Module &module, GlobalVariable *program)
      : module(module), program(program),
        pointer(PointerType::getUnqual(module.getContext())),
        i32(Type::getInt32Ty(module.getContext())),
        i64(Type::getInt64Ty(module.getContext())) {}

  /// int main(int argc, char **argv) { return pde_main(&program, argc, argv); }
  Function *addMain() { return addCall("main", "pde_main", {i32, pointer}); }
  /// int NAME_execute(const pde_call *call, char *message, size_t length)
  void addExecute(const std::string &name) {
    addCall(name + "_execute", "pde_execute", {pointer, pointer, i64});
  }
  /// const pde_program *pde_get_program(void)
  void addGetProgram() {
    auto *function = Function::Create(FunctionType::get(pointer, false),
                                      GlobalValue::ExternalLinkage,
                                      "pde_get_program", module);
    IRBuilder<>(BasicBlock::Create(module.getContext(), "", function))
        .CreateRet(program);
  }

private:
  Module &module;
  GlobalVariable *program;
  Type *pointer, *i32, *i64;

  /// int NAME(arguments...) { return CALLEE(&program, arguments...); }
  Function *addCall(const std::string &name, const char *callee,
                    ArrayRef<Type *> types) {
    auto *function =
        Function::Create(FunctionType::get(i32, types, false),
                         GlobalValue::ExternalLinkage, name, module);
    SmallVector<Type *> callTypes = {pointer};
    callTypes.append(types.begin(), types.end());
    FunctionCallee target = module.getOrInsertFunction(
        callee, FunctionType::get(i32, callTypes, false));
    SmallVector<Value *> arguments = {program};
    for (Argument &argument : function->args())
      arguments.push_back(&argument);
    IRBuilder<> builder(BasicBlock::Create(module.getContext(), "", function));
    builder.CreateRet(builder.CreateCall(target, arguments));
    return function;
  }
};

} // namespace

void addDescriptor(Module &module, const Interface &interface, StringRef source,
                   StringRef form, Product product) {
  for (Function &function : module)
    if (!function.isDeclaration())
      function.setLinkage(GlobalValue::InternalLinkage);
  Constant *value = DescriptorBuilder(module).program(interface, source, form);
  auto *program = new GlobalVariable(
      module, value->getType(), /*isConstant=*/true,
      GlobalValue::ExternalLinkage, value, interface.name + "_program");
  Entries entries(module, program);
  if (product == Product::Executable)
    entries.addMain();
  if (product == Product::Object)
    entries.addMain()->setLinkage(GlobalValue::WeakAnyLinkage);
  if (product == Product::Object || product == Product::Library)
    entries.addExecute(interface.name);
  if (product == Product::Library)
    entries.addGetProgram();
}

} // namespace pdec::codegen
