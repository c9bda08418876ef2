//===- driver.cpp - a compiled script against plain loops, in one run -----===//
//
// usage: driver EQUATION SIZE THREADS ROUNDS SCRIPT.so NAME PLAIN.so...
//
// Prints one line of JSON for run.py. The time of a step is the time of a run
// with many steps less that of a run with few, so that copying data in and out
// counts on neither side.
//
//===----------------------------------------------------------------------===//

#include "../runtime/pde_runtime.h"
#include "plain.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace {

/// One problem, the same for all that compete.
struct Problem {
  Equation equation;
  bool isFloat;
  int threads;
  int64_t size, fewSteps, manySteps;
  double lambda, tau;
  std::vector<char> input;
};

/// Something that makes `steps` steps from the problem's input to `output`.
struct Competitor {
  std::string name;
  std::function<void(int64_t steps, void *output)> run;
  std::vector<char> result;          ///< after the few steps
  std::vector<double> nanoseconds{}; ///< for each point and step, by round
};

struct Summary {
  double median, low, high;
};

} // namespace

[[noreturn]] static void fail(const std::string &message) {
  std::fprintf(stderr, "driver: %s\n", message.c_str());
  std::exit(1);
}

/// A function or object of a shared library.
template <typename T> static T *load(const char *library, std::string symbol) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  void *address = handle ? dlsym(handle, symbol.c_str()) : nullptr;
  if (!address)
    fail(dlerror());
  return reinterpret_cast<T *>(address);
}

//===----------------------------------------------------------------------===//
// The competitors
//===----------------------------------------------------------------------===//

static int findParam(const pde_program &program, const char *name) {
  for (int i = 0; i < program.num_params; ++i)
    if (std::strcmp(program.params[i].name, name) == 0)
      return i;
  fail(std::string("the script has no parameter ") + name);
}

static Competitor makeScript(const char *library, const pde_program &program,
                             const Problem &problem) {
  auto *execute = load<decltype(pde_execute)>(library, "pde_execute");
  int steps = findParam(program, "n");
  auto run = [=, &program, &problem](int64_t count, void *output) {
    std::vector<pde_value> params(program.num_params);
    for (int i = 0; i < program.num_params; ++i)
      params[i] = program.params[i].initial;
    params[steps].integer = count;
    int64_t sizes[PDE_MAX_RANK] = {problem.size, 1, 1};
    const void *input = problem.input.data();
    pde_call call = {};
    call.size = sizeof call;
    call.params = params.data();
    call.sizes = sizes;
    call.inputs = &input;
    call.outputs = &output;
    call.threads = problem.threads;
    char message[256];
    if (execute(&program, &call, message, sizeof message) != 0)
      fail(message);
  };
  return {"pdec", run, {}};
}

/// `library` is the path of a plain-NAME.so.
static Competitor makePlain(const char *library, Variant variant,
                            const Problem &problem) {
  auto *plainRun = load<decltype(plain_run)>(library, "plain_run");
  auto run = [=, &problem](int64_t count, void *output) {
    PlainCall call = {
        problem.equation,     variant, problem.isFloat, problem.threads,
        problem.size,         count,   problem.lambda,  problem.tau,
        problem.input.data(), output};
    plainRun(&call);
  };
  std::string name = library;
  name = name.substr(name.rfind("plain-") + std::strlen("plain-"));
  name.resize(name.size() - std::strlen(".so"));
  return {name + (variant == Variant::OneLoop ? ", one loop" : ", two loops"),
          run,
          {}};
}

//===----------------------------------------------------------------------===//
// The problem
//===----------------------------------------------------------------------===//

/// Plateaus with noise on them: slopes on both sides of lambda.
template <typename T> static std::vector<char> makeInput(int64_t size) {
  std::vector<char> data(size * sizeof(T));
  T *values = reinterpret_cast<T *>(data.data());
  uint64_t state = 1;
  for (int64_t i = 0; i < size; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double noise = double(state >> 11) * 0x1p-53;
    values[i] = T((i >> 7) % 2 + 0.1 * noise);
  }
  return data;
}

/// Steps enough for about `budget` point updates between few and many.
static int64_t manySteps(int64_t size, int64_t few) {
  const int64_t budget = 400'000'000;
  return few + std::clamp<int64_t>(budget / size, 20, 6000);
}

static Problem makeProblem(const pde_program &program, Equation equation,
                           int64_t size, int threads) {
  Problem problem = {};
  problem.equation = equation;
  problem.isFloat = program.type == PDE_F32;
  problem.threads = threads;
  problem.size = size;
  problem.fewSteps = 10;
  problem.manySteps = manySteps(size, problem.fewSteps);
  problem.lambda = program.params[findParam(program, "lambda")].initial.real;
  problem.tau = program.params[findParam(program, "tau")].initial.real;
  problem.input =
      problem.isFloat ? makeInput<float>(size) : makeInput<double>(size);
  return problem;
}

//===----------------------------------------------------------------------===//
// Measuring
//===----------------------------------------------------------------------===//

static double seconds(const Competitor &one, int64_t steps, void *output) {
  auto start = std::chrono::steady_clock::now();
  one.run(steps, output);
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  return time.count();
}

static void measure(Competitor &one, const Problem &problem) {
  // OpenMP's threads of the one before go on spinning for a while.
  std::this_thread::sleep_for(std::chrono::milliseconds(250));
  one.result.resize(problem.input.size());
  std::vector<char> output(problem.input.size());
  double few = seconds(one, problem.fewSteps, one.result.data());
  double many = seconds(one, problem.manySteps, output.data());
  double updates =
      double(problem.manySteps - problem.fewSteps) * double(problem.size);
  one.nanoseconds.push_back((many - few) / updates * 1e9);
}

static Summary summarise(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values.front(), values.back()};
}

template <typename T>
static double difference(const Competitor &a, const Competitor &b) {
  const T *x = reinterpret_cast<const T *>(a.result.data());
  const T *y = reinterpret_cast<const T *>(b.result.data());
  double largest = 0;
  for (size_t i = 0; i < a.result.size() / sizeof(T); ++i) {
    double distance = std::fabs(double(x[i]) - double(y[i]));
    // Written so that a NaN is kept.
    if (!(distance <= largest))
      largest = distance;
  }
  return largest;
}

/// The fastest of several in one measurement each; the other measurements are
/// forgotten, this one was the warm-up.
static Competitor chooseBest(std::vector<Competitor> plain,
                             const Problem &problem) {
  for (Competitor &one : plain)
    measure(one, problem);
  auto best = std::min_element(
      plain.begin(), plain.end(), [](const Competitor &a, const Competitor &b) {
        return a.nanoseconds.back() < b.nanoseconds.back();
      });
  best->nanoseconds.clear();
  return *best;
}

static void printSummary(const char *name, const Summary &summary) {
  std::printf("\"%s\": [%.6g, %.6g, %.6g], ", name, summary.median, summary.low,
              summary.high);
}

static void compete(Competitor script, Competitor plain, const Problem &problem,
                    int rounds) {
  measure(script, problem);
  script.nanoseconds.clear();
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    measure(script, problem);
    measure(plain, problem);
    ratios.push_back(plain.nanoseconds.back() / script.nanoseconds.back());
  }
  double distance = problem.isFloat ? difference<float>(script, plain)
                                    : difference<double>(script, plain);
  std::printf("{");
  printSummary("pdec", summarise(script.nanoseconds));
  printSummary("plain", summarise(plain.nanoseconds));
  printSummary("ratio", summarise(ratios));
  std::printf("\"best\": \"%s\", \"difference\": \"%.1e\"}\n",
              plain.name.c_str(), distance);
}

int main(int argc, char **argv) {
  if (argc < 8)
    fail("usage: driver EQUATION SIZE THREADS ROUNDS SCRIPT.so NAME "
         "PLAIN.so...");
  bool isPeronaMalik = std::strcmp(argv[1], "perona_malik") == 0;
  const char *library = argv[5];
  const auto &program =
      *load<const pde_program>(library, std::string(argv[6]) + "_program");
  Problem problem = makeProblem(
      program, isPeronaMalik ? Equation::PeronaMalik : Equation::Charbonnier,
      std::atoll(argv[2]), std::atoi(argv[3]));
  std::vector<Competitor> plain;
  for (int i = 7; i < argc; ++i)
    for (Variant variant : {Variant::OneLoop, Variant::TwoLoops})
      plain.push_back(makePlain(argv[i], variant, problem));
  compete(makeScript(library, program, problem), chooseBest(plain, problem),
          problem, std::atoi(argv[4]));
  return 0;
}
