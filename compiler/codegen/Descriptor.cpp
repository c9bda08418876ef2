//===- Descriptor.cpp - the pde_program of a module -----------------------===//

#include "compiler/codegen/Descriptor.h"

#include "llvm/IR/IRBuilder.h"

using namespace llvm;

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

  Constant *text(const char *value) {
    return value ? global(ConstantDataArray::getString(context, value), "text")
                 : none();
  }
  /// `certificate` is the text of that.
  Constant *program(const pde_program &program, Constant *certificate);

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
  Constant *none() {
    return ConstantPointerNull::get(cast<PointerType>(pointer));
  }
  template <typename T>
  Constant *list(const T *items, int32_t count, StringRef name) {
    std::vector<Constant *> constants;
    for (const T &item : ArrayRef(items, count))
      constants.push_back(constant(item));
    if (constants.empty())
      return none();
    auto *type = ArrayType::get(constants.front()->getType(), count);
    return global(ConstantArray::get(type, constants), name);
  }
  template <typename T, typename Function>
  Constant *perAxis(const T (&values)[PDE_MAX_RANK], Function constantOf) {
    SmallVector<Constant *> all;
    for (const T &value : values)
      all.push_back(constantOf(value));
    return ConstantArray::get(
        ArrayType::get(all.front()->getType(), PDE_MAX_RANK), all);
  }
  Constant *numbers(const int32_t (&values)[PDE_MAX_RANK]) {
    return perAxis(values, [&](int32_t value) { return number(value); });
  }
  Constant *wides(const int64_t (&values)[PDE_MAX_RANK]) {
    return perAxis(values, [&](int64_t value) { return wide(value); });
  }
  Constant *constant(int64_t value) { return wide(value); }
  Constant *constant(const pde_interval &interval);
  Constant *constant(const pde_param &param);
  Constant *constant(const pde_grid &grid);
  Constant *constant(const pde_port &port);
  Constant *constant(const pde_loop &loop);
  Constant *constant(const pde_evolved &evolved);
  Constant *constant(const pde_record &record);
  Constant *constant(const pde_origin &origin);
};

} // namespace

Constant *DescriptorBuilder::constant(const pde_param &param) {
  int64_t bits;
  static_assert(sizeof bits == sizeof param.initial);
  std::memcpy(&bits, &param.initial, sizeof bits);
  return record(
      {text(param.name), number(param.kind), number(param.low_open),
       number(param.high_open), wide(bits), ConstantFP::get(real, param.low),
       ConstantFP::get(real, param.high), number(param.counts_steps)});
}

Constant *DescriptorBuilder::constant(const pde_grid &grid) {
  return record(
      {text(grid.name), number(grid.rank),
       perAxis(grid.axis, [&](const char *name) { return text(name); }),
       wides(grid.size), wides(grid.min_size), number(grid.parent),
       numbers(grid.coarsening), number(grid.num_extents),
       list(grid.extents, grid.num_extents, "extents")});
}

Constant *DescriptorBuilder::constant(const pde_interval &interval) {
  return record({number(interval.low_open), number(interval.high_open),
                 ConstantFP::get(real, interval.low),
                 ConstantFP::get(real, interval.high)});
}

Constant *DescriptorBuilder::constant(const pde_port &port) {
  return record({text(port.name), number(port.grid), number(port.has_default),
                 numbers(port.low), numbers(port.high),
                 constant(port.entries)});
}

Constant *DescriptorBuilder::constant(const pde_loop &loop) {
  return record({text(loop.what), text(loop.measure), number(loop.line)});
}

Constant *DescriptorBuilder::constant(const pde_evolved &evolved) {
  return record({constant(evolved.field), number(evolved.line),
                 number(evolved.level), number(evolved.keeps_norm),
                 number(evolved.step_param),
                 ConstantFP::get(real, evolved.step_limit)});
}

Constant *DescriptorBuilder::constant(const pde_record &one) {
  return record({constant(one.port), number(one.columns)});
}

Constant *DescriptorBuilder::constant(const pde_origin &origin) {
  return record({text(origin.script), text(origin.sha256),
                 text(origin.compiler), text(origin.options),
                 text(origin.network)});
}

Constant *DescriptorBuilder::program(const pde_program &program,
                                     Constant *certificate) {
  return record({text(program.name),
                 text(program.source),
                 text(program.form),
                 number(program.type),
                 number(program.num_grids),
                 number(program.num_params),
                 number(program.num_inputs),
                 number(program.num_outputs),
                 number(program.num_loops),
                 list(program.grids, program.num_grids, "grids"),
                 list(program.params, program.num_params, "params"),
                 list(program.inputs, program.num_inputs, "inputs"),
                 list(program.outputs, program.num_outputs, "outputs"),
                 list(program.loops, program.num_loops, "loops"),
                 module.getFunction("run"),
                 certificate,
                 number(program.num_evolved),
                 list(program.evolved, program.num_evolved, "evolved"),
                 number(program.num_records),
                 list(program.records, program.num_records, "records"),
                 constant(program.origin),
                 text(program.identity)});
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
  void addGetProgram() { addGet("pde_get_program", program); }
  /// const char *NAME_certificate(void)
  void addCertificate(const std::string &name, Constant *text) {
    addGet(name + "_certificate", text);
  }

private:
  Module &module;
  GlobalVariable *program;
  Type *pointer, *i32, *i64;

  /// const void *NAME(void) { return VALUE; }
  void addGet(const std::string &name, Constant *value) {
    auto *function =
        Function::Create(FunctionType::get(pointer, false),
                         GlobalValue::ExternalLinkage, name, module);
    IRBuilder<>(BasicBlock::Create(module.getContext(), "", function))
        .CreateRet(value);
  }
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

void addDescriptor(Module &module, const pde::Interface &interface,
                   const Origin &origin, Product product) {
  for (Function &function : module)
    if (!function.isDeclaration())
      function.setLinkage(GlobalValue::InternalLinkage);
  Description description(interface, origin);
  DescriptorBuilder builder(module);
  Constant *certificate = builder.text(description.program().certificate);
  Constant *value = builder.program(description.program(), certificate);
  auto *program = new GlobalVariable(
      module, value->getType(), /*isConstant=*/true,
      GlobalValue::ExternalLinkage, value, interface.name + "_program");
  Entries entries(module, program);
  if (product == Product::Executable)
    entries.addMain();
  if (product == Product::Object)
    entries.addMain()->setLinkage(GlobalValue::WeakAnyLinkage);
  if (product == Product::Object || product == Product::Library) {
    entries.addExecute(interface.name);
    entries.addCertificate(interface.name, certificate);
  }
  if (product == Product::Library)
    entries.addGetProgram();
}

} // namespace pdec::codegen
