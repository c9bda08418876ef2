//===- Execution.cpp - compiled programs on random data -------------------===//

#include "compiler/verify/Execution.h"
#include "compiler/pde/PdeDialect.h"

#include <cmath>
#include <random>

using namespace mlir;

namespace pdec::driver {

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

/// Whether a parameter bounds the passes of a loop with a condition.
static bool boundsPasses(Value value) {
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    if (auto fixpoint = dyn_cast<pde::FixpointOp>(user)) {
      if (use.get() == fixpoint.getMax())
        return true;
    } else if (user->getNumRegions() == 0 && user->getNumResults() == 1 &&
               user->getResult(0).getType().isInteger(64) &&
               boundsPasses(user->getResult(0))) {
      return true;
    }
  }
  return false;
}

/// Steps of a run on data.
static constexpr int64_t fewSteps = 20;

std::vector<pde_value> paramsToRun(const pde::Interface &interface,
                                   ModuleOp scheme) {
  std::vector<pde_value> values;
  for (const auto &param : interface.params) {
    values.emplace_back();
    if (param.isInt)
      values.back().integer = param.integer;
    else
      values.back().real = param.real;
  }
  scheme.walk([&](pde::ParamOp op) {
    int index = interface.paramIndex(op.getName());
    const auto &param = interface.params[index];
    bool isLegal = param.lowOpen ? fewSteps > param.low : fewSteps >= param.low;
    if (param.isInt && isLegal && !boundsPasses(op.getValue()))
      values[index].integer = std::min(param.integer, fewSteps);
  });
  return values;
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// Values in [-1, 1] whose differences along every axis have many magnitudes,
/// so that fluxes are met where they act and where they saturate. The standard
/// fixes the generator's sequence; 53 bits of it are exact as a double.
static std::vector<double> randomField(std::mt19937_64 &random,
                                       const std::array<int64_t, 3> &extent) {
  int64_t strides[3] = {extent[1] * extent[2], extent[2], 1};
  std::vector<double> cells(extent[0] * extent[1] * extent[2]);
  for (int64_t i = 0; i < int64_t(cells.size()); ++i) {
    double sum = 0;
    int neighbours = 0;
    for (int axis = 0; axis < 3; ++axis)
      if (i / strides[axis] % extent[axis] > 0) {
        sum += cells[i - strides[axis]];
        ++neighbours;
      }
    double value = neighbours ? sum / neighbours : 0;
    double step = double(random() >> 11) * 0x1p-52 - 1;
    value += std::ldexp(step, -int(random() % 10));
    if (std::abs(value) > 1)
      value = std::copysign(2, value) - value;
    cells[i] = value;
  }
  return cells;
}

/// Weights that keep what they are applied to in bounds, and are legal.
static void makeWeights(std::vector<double> &cells,
                        const pde::Interface::Interval &legal) {
  constexpr double largest = 0.25;
  double low = std::max(legal.low, std::min(-largest, legal.high - largest));
  double high = std::min(legal.high, std::max(largest, legal.low + largest));
  // From [-1, 1] to well within.
  for (double &cell : cells)
    cell = low + (high - low) * (0.5 + 0.49 * cell);
}

Fields randomInputs(const pde::Interface &interface, const GridSizes &sizes,
                    uint64_t seed) {
  for (size_t g = 0; g < interface.grids.size(); ++g)
    if (interface.grids[g].parent < 0)
      seed = seed * 1000003 + sizes.cells(g);
  std::mt19937_64 random(seed);
  Fields inputs;
  for (const auto &port : interface.inputs) {
    std::vector<double> cells = randomField(random, port.extents(sizes.all()));
    if (interface.grids[port.grid].isArray())
      makeWeights(cells, port.entries);
    if (interface.isF32)
      for (double &cell : cells)
        cell = float(cell);
    inputs.push_back(std::move(cells));
  }
  return inputs;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

/// Where the passes of the run in progress go; programs report them from the
/// thread that runs them.
static Results *recorded = nullptr;

static void recordIteration(pde_context *ctx, int32_t loop, int64_t pass,
                            double measure, double bound) {
  // Not those that are made again, of which there are as many as memory asks.
  if (loop >= 0)
    recorded->passes.push_back({loop, pass, measure, bound});
  pde_note_iteration(ctx, loop, pass, measure, bound);
}

static void recordFailure(pde_context *ctx, int32_t loop, int64_t passes,
                          double measure, double bound) {
  recorded->failedLoop = loop;
  pde_fail_convergence(ctx, loop, passes, measure, bound);
}

codegen::RuntimeReplacements recordingFunctions() {
  return {{"pde_note_iteration",
           llvm::orc::ExecutorAddr::fromPtr(&recordIteration)},
          {"pde_fail_convergence",
           llvm::orc::ExecutorAddr::fromPtr(&recordFailure)}};
}

reference::PassCounts
Results::passCounts(const pde::Interface &interface) const {
  reference::PassCounts counts;
  counts.runs.resize(interface.loops.size());
  counts.failed = failedLoop;
  for (const Pass &pass : passes) {
    auto &runs = counts.runs[pass.loop];
    if (runs.empty() || pass.number <= runs.back())
      runs.push_back(pass.number);
    else
      runs.back() = pass.number;
  }
  return counts;
}

/// Takes what a run of a program with elements of type T gives.
template <typename T> class Receiver {
public:
  Receiver(const pde::Interface &interface, const GridSizes &sizes,
           Results &results)
      : interface(interface), sizes(sizes), results(results),
        records(interface.records.size()) {
    for (const auto &port : interface.outputs) {
      fields.emplace_back(port.isNumber() ? 0 : port.count(sizes.all()));
      numbers.push_back(0);
    }
    for (size_t i = 0; i < fields.size(); ++i)
      places.push_back(interface.outputs[i].isNumber()
                           ? static_cast<void *>(&numbers[i])
                           : fields[i].data());
  }

  void prepare(pde_call &call) {
    call.outputs = places.data();
    call.closure = this;
    call.recorder = [](void *receiver, int32_t record, int64_t step,
                       const void *data) {
      static_cast<Receiver *>(receiver)->add(record, step, data);
    };
  }

  void finish() {
    for (size_t i = 0; i < fields.size(); ++i)
      if (interface.outputs[i].isNumber())
        results.outputs.push_back({numbers[i]});
      else
        results.outputs.emplace_back(fields[i].begin(), fields[i].end());
    for (auto &record : records)
      results.outputs.push_back(std::move(record));
  }

private:
  void add(int32_t record, int64_t step, const void *data) {
    const auto &info = interface.records[record];
    results.recorded.push_back({record, step});
    auto append = [&](auto *first, int64_t count) {
      records[record].insert(records[record].end(), first, first + count);
    };
    if (info.port.isNumber())
      append(static_cast<const double *>(data), info.columns);
    else
      append(static_cast<const T *>(data), info.port.count(sizes.all()));
  }

  const pde::Interface &interface;
  const GridSizes &sizes;
  Results &results;
  std::vector<std::vector<T>> fields;
  std::vector<double> numbers;
  std::vector<void *> places;
  Fields records;
};

template <typename T>
static void executeAs(const pde_program &program,
                      const pde::Interface &interface, const GridSizes &sizes,
                      const std::vector<pde_value> &params,
                      const Fields &inputs, int threads, Results &results) {
  std::vector<std::vector<T>> given;
  std::vector<const void *> givenPointers;
  for (const auto &input : inputs)
    given.emplace_back(input.begin(), input.end());
  for (auto &input : given)
    givenPointers.push_back(input.empty() ? nullptr : input.data());
  Receiver<T> receiver(interface, sizes, results);
  pde_call call = {};
  call.size = sizeof call;
  call.params = params.empty() ? nullptr : params.data();
  call.sizes = sizes.all().data();
  call.inputs = givenPointers.data();
  call.threads = threads;
  receiver.prepare(call);
  char message[256];
  recorded = &results;
  if (pde_execute(&program, &call, message, sizeof message) != 0)
    results.failure = message;
  recorded = nullptr;
  receiver.finish();
}

Results execute(const pde_program &program, const pde::Interface &interface,
                const GridSizes &sizes, const std::vector<pde_value> &params,
                const Fields &inputs, int threads) {
  Results results;
  auto *run = interface.isF32 ? executeAs<float> : executeAs<double>;
  run(program, interface, sizes, params, inputs, threads, results);
  return results;
}

reference::Data referenceData(const pde::Interface &interface,
                              const GridSizes &sizes,
                              const std::vector<pde_value> &params,
                              const Fields &inputs, const Results &run) {
  reference::Data data;
  data.sizes = sizes.all();
  data.inputs = inputs;
  data.passes = run.passCounts(interface);
  for (size_t i = 0; i < params.size(); ++i)
    data.params[interface.params[i].name] =
        interface.params[i].isInt ? double(params[i].integer) : params[i].real;
  return data;
}

} // namespace pdec::driver
