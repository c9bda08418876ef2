//===- Train.cpp - the command that trains --------------------------------===//

#include "compiler/driver/Commands.h"
#include "compiler/script/Script.h"
#include "compiler/stages/InMemory.h"
#include "runtime/training/Training.h"

namespace pdec::driver {

namespace {

/// One of a training's programs, in memory.
struct Part {
  pde::Interface interface;
  std::shared_ptr<const pdec::Program> checked;
  std::optional<codegen::JitProgram> program;
};

} // namespace

static bool make(const Options &options, TrainingPart which, Part &part,
                 Compiler &compiler, Failure &failure) {
  auto script = Script::load(options, failure);
  if (!script || !script->check(failure, which))
    return false;
  auto lowered = script->generate(compiler, failure);
  if (!lowered)
    return false;
  part.interface = lowered->interface;
  part.checked = script->shared();
  auto program = compileInMemory(compiler, *lowered, options.form);
  if (!program) {
    failure = {1, llvm::toString(program.takeError())};
    return false;
  }
  part.program = std::move(*program);
  return true;
}

/// The trained parameters, with their places in the program of the loss.
static std::vector<pdert::TrainedWeight> weightsOf(const Part &loss) {
  std::vector<pdert::TrainedWeight> weights;
  int64_t offset = 0;
  for (const pdec::Training::Weight &weight : loss.checked->training->weights) {
    pdert::TrainedWeight made = {};
    made.isArray = weight.isArray;
    pde::Interface::Interval legal;
    made.count = 1;
    if (weight.isArray) {
      made.name = loss.checked->inputs[weight.index].name;
      made.index = loss.interface.inputIndex(made.name);
      const pde::Interface::Port &port = loss.interface.inputs[made.index];
      made.shape = loss.interface.grids[port.grid].extents;
      for (int64_t extent : made.shape)
        made.count *= extent;
      legal = port.entries;
    } else {
      made.name = loss.checked->params[weight.index].name;
      made.index = loss.interface.paramIndex(made.name);
      legal = loss.interface.params[made.index];
    }
    made.legal = {legal.lowOpen, legal.highOpen, legal.low, legal.high};
    made.offset = offset;
    offset += made.count;
    weights.push_back(std::move(made));
  }
  return weights;
}

static int runTraining(const Options &options, const Part &loss,
                       const Part &start, const Part &step) {
  const pdec::Training &asked = *loss.checked->training;
  pdert::Training training = {&loss.program->program(),
                              &start.program->program(),
                              &step.program->program(),
                              weightsOf(loss),
                              asked.numStates,
                              asked.epochs,
                              asked.batch};
  std::vector<std::string> words = {loss.interface.name};
  words.insert(words.end(), options.programArguments.begin(),
               options.programArguments.end());
  std::vector<char *> pointers;
  for (std::string &word : words)
    pointers.push_back(word.data());
  return pdert::trainMain(training, int(pointers.size()), pointers.data());
}

int runTrain(const Options &options) {
  if (options.isModule)
    return tell(Failure{1, "'" + options.file + "' is no script"});
  auto compiler = Compiler::create(options);
  if (!compiler)
    return tell(Failure{1, llvm::toString(compiler.takeError())});
  Failure failure;
  Part loss, start, step;
  if (!make(options, TrainingPart::Loss, loss, *compiler, failure) ||
      !make(options, TrainingPart::Start, start, *compiler, failure) ||
      !make(options, TrainingPart::Step, step, *compiler, failure))
    return tell(failure);
  return runTraining(options, loss, start, step);
}

} // namespace pdec::driver
