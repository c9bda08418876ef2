//===- driver.cpp - a compiled script against others, in one run ----------===//
//
// usage: driver NAME SIZES THREADS ROUNDS FEW MANY KEEP SCRIPT.so PEER.so...
//
// NAME is the script's and SIZES like 64x256. A peer is a library of plain
// loops or another library of the same script. All make FEW and MANY steps in
// turns: the time of a step is the difference, so that copying data in and out
// counts on no side. Each peer runs once; the KEEP fastest of them (0: all)
// then run in ROUNDS rounds. Prints one line of JSON.
//
//===----------------------------------------------------------------------===//

#include "../runtime/pde_runtime.h"
#include "plain/Plain.h"

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

using Field = std::vector<char>;
using Fields = std::vector<Field>;

/// One problem, the same for all that compete.
struct Problem {
  std::string name;
  bool isFloat;
  int threads, rounds;
  std::vector<int64_t> size; ///< PDE_MAX_RANK of them
  int64_t cells, fewSteps, manySteps;
  Fields inputs;
};

/// Something that makes `steps` steps from the problem's inputs.
struct Competitor {
  std::string name;
  std::function<void(int64_t steps, Fields &outputs)> run;
  Fields results{};          ///< after the few steps
  std::vector<double> few{}; ///< seconds, by round
  std::vector<double> many{};
};

struct Summary {
  double median, low, high;
};

} // namespace

[[noreturn]] static void fail(const std::string &message) {
  std::fprintf(stderr, "driver: %s\n", message.c_str());
  std::exit(1);
}

/// A function or object of a shared library; null if there is none.
template <typename T>
static T *find(const std::string &library, const std::string &symbol) {
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    fail(dlerror());
  return reinterpret_cast<T *>(dlsym(handle, symbol.c_str()));
}

//===----------------------------------------------------------------------===//
// The competitors
//===----------------------------------------------------------------------===//

static const pde_program *programOf(const std::string &library,
                                    const Problem &problem) {
  return find<const pde_program>(library, problem.name + "_program");
}

/// The script's parameters, but for so many steps.
static std::vector<pde_value> params(const pde_program &program,
                                     int64_t steps) {
  std::vector<pde_value> values(program.num_params);
  for (int i = 0; i < program.num_params; ++i) {
    values[i] = program.params[i].initial;
    if (std::strcmp(program.params[i].name, "n") == 0)
      values[i].integer = steps;
  }
  return values;
}

/// With no inputs, the script's own.
static void execute(const std::string &library, const Problem &problem,
                    int64_t steps, const Fields &inputs, Fields &outputs) {
  const pde_program &program = *programOf(library, problem);
  auto *function = find<decltype(pde_execute)>(library, "pde_execute");
  std::vector<pde_value> values = params(program, steps);
  std::vector<const void *> from;
  std::vector<void *> to;
  for (const Field &field : inputs)
    from.push_back(field.data());
  for (Field &field : outputs)
    to.push_back(field.data());
  pde_call call = {};
  call.size = sizeof call;
  call.params = values.data();
  call.sizes = problem.size.data();
  call.inputs = from.empty() ? nullptr : from.data();
  call.outputs = to.data();
  call.threads = problem.threads;
  char message[256];
  if (function(&program, &call, message, sizeof message) != 0)
    fail(message);
}

/// NAME of a path FOLDER/NAME.so.
static std::string stemOf(const std::string &library) {
  std::string name = library.substr(library.rfind('/') + 1);
  return name.substr(0, name.rfind(".so"));
}

static Competitor makeScript(const std::string &library,
                             const Problem &problem) {
  return {stemOf(library), [=, &problem](int64_t steps, Fields &outputs) {
            execute(library, problem, steps, problem.inputs, outputs);
          }};
}

static void runPlain(const plain::Loop &loop, const pde_program &program,
                     const Problem &problem, int64_t steps, Fields &outputs) {
  std::vector<double> values;
  std::vector<pde_value> initial = params(program, steps);
  for (int i = 0; i < program.num_params; ++i)
    values.push_back(program.params[i].kind == PDE_REAL
                         ? initial[i].real
                         : double(initial[i].integer));
  std::vector<const void *> from;
  std::vector<void *> to;
  for (const Field &field : problem.inputs)
    from.push_back(field.data());
  for (Field &field : outputs)
    to.push_back(field.data());
  loop.run({problem.isFloat, problem.threads, problem.size.data(), steps,
            values.data(), from.data(), to.data()});
}

/// All that a library has to offer for the problem.
static std::vector<Competitor> makePeers(const std::string &library,
                                         const pde_program &program,
                                         const Problem &problem) {
  auto *loops = find<decltype(plain_loops)>(library, "plain_loops");
  if (!loops)
    return {makeScript(library, problem)};
  std::vector<Competitor> peers;
  for (const plain::Loop *loop = loops(); loop->script; ++loop) {
    if (loop->script != problem.name)
      continue;
    std::string name = stemOf(library);
    if (*loop->variant)
      name += std::string(", ") + loop->variant;
    peers.push_back(
        {name, [=, &program, &problem](int64_t steps, Fields &outputs) {
           runPlain(*loop, program, problem, steps, outputs);
         }});
  }
  return peers;
}

//===----------------------------------------------------------------------===//
// The problem
//===----------------------------------------------------------------------===//

static std::vector<int64_t> parseSizes(const char *text) {
  std::vector<int64_t> sizes;
  for (char *end = nullptr; *text; text = *end ? end + 1 : end)
    sizes.push_back(std::strtoll(text, &end, 10));
  sizes.resize(PDE_MAX_RANK, 1);
  return sizes;
}

static Fields makeFields(const Problem &problem, int count) {
  size_t bytes = problem.cells * (problem.isFloat ? 4 : 8);
  return Fields(count, Field(bytes));
}

/// The data are the script's own. Its outputs are what its inputs become, so no
/// step leaves these.
static void makeInputs(const std::string &library, const pde_program &program,
                       Problem &problem) {
  if (program.num_outputs != program.num_inputs)
    fail("the script's outputs are not what its inputs become");
  Fields inputs = makeFields(problem, program.num_inputs);
  execute(library, problem, 0, {}, inputs);
  problem.inputs = inputs;
}

//===----------------------------------------------------------------------===//
// Measuring
//===----------------------------------------------------------------------===//

static double seconds(const Competitor &one, int64_t steps, Fields &outputs) {
  auto start = std::chrono::steady_clock::now();
  one.run(steps, outputs);
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  return time.count();
}

static void measure(Competitor &one, const Problem &problem) {
  // OpenMP's threads of the one before go on spinning for a while.
  if (problem.threads > 1)
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
  one.results = problem.inputs;
  Fields outputs = problem.inputs;
  one.few.push_back(seconds(one, problem.fewSteps, one.results));
  one.many.push_back(seconds(one, problem.manySteps, outputs));
}

/// For each cell and step, by round.
static std::vector<double> nanoseconds(const Competitor &one,
                                       const Problem &problem) {
  double few = *std::min_element(one.few.begin(), one.few.end());
  double updates =
      double(problem.manySteps - problem.fewSteps) * double(problem.cells);
  std::vector<double> result;
  for (double many : one.many)
    result.push_back((many - few) / updates * 1e9);
  return result;
}

/// What was measured so far was the warm-up.
static void forget(Competitor &one) {
  one.few.clear();
  one.many.clear();
}

static Summary summarise(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values.front(), values.back()};
}

template <typename T>
static double difference(const Competitor &a, const Competitor &b) {
  double largest = 0;
  for (size_t k = 0; k < a.results.size(); ++k) {
    const T *x = reinterpret_cast<const T *>(a.results[k].data());
    const T *y = reinterpret_cast<const T *>(b.results[k].data());
    for (size_t i = 0; i < a.results[k].size() / sizeof(T); ++i) {
      double distance = std::fabs(double(x[i]) - double(y[i]));
      // Written so that a NaN is kept.
      if (!(distance <= largest))
        largest = distance;
    }
  }
  return largest;
}

/// Of all peers to the script. The results of peers are not needed further.
static double largestDifference(const Competitor &script,
                                std::vector<Competitor> &peers,
                                const Problem &problem) {
  double largest = 0;
  for (Competitor &peer : peers) {
    double one = problem.isFloat ? difference<float>(script, peer)
                                 : difference<double>(script, peer);
    if (!(one <= largest))
      largest = one;
    peer.results.clear();
  }
  return largest;
}

/// The fastest `keep` of several in the one measurement that each has.
static void keepBest(std::vector<Competitor> &peers, size_t keep) {
  if (keep && keep < peers.size()) {
    std::sort(peers.begin(), peers.end(),
              [](const Competitor &a, const Competitor &b) {
                return a.many.back() < b.many.back();
              });
    peers.resize(keep);
  }
  for (Competitor &peer : peers)
    forget(peer);
}

static void printSummary(const char *name, const Summary &summary) {
  std::printf("\"%s\": [%.6g, %.6g, %.6g]", name, summary.median, summary.low,
              summary.high);
}

static void printPeer(const Competitor &peer, const Problem &problem,
                      const std::vector<double> &script) {
  std::vector<double> times = nanoseconds(peer, problem), ratios;
  for (size_t i = 0; i < times.size(); ++i)
    ratios.push_back(times[i] / script[i]);
  std::printf("{\"name\": \"%s\", ", peer.name.c_str());
  printSummary("ns", summarise(times));
  std::printf(", ");
  printSummary("ratio", summarise(ratios));
  std::printf("}");
}

static void compete(Competitor script, std::vector<Competitor> peers,
                    const Problem &problem, size_t keep) {
  measure(script, problem);
  for (Competitor &peer : peers)
    measure(peer, problem);
  double largest = largestDifference(script, peers, problem);
  forget(script);
  keepBest(peers, keep);
  for (int round = 0; round < problem.rounds; ++round) {
    measure(script, problem);
    for (Competitor &peer : peers)
      measure(peer, problem);
  }
  // As text: a NaN is no number of JSON.
  std::printf("{\"difference\": \"%.1e\", ", largest);
  std::vector<double> times = nanoseconds(script, problem);
  printSummary("ns", summarise(times));
  std::printf(", \"peers\": [");
  for (size_t i = 0; i < peers.size(); ++i) {
    std::printf("%s", i ? ", " : "");
    printPeer(peers[i], problem, times);
  }
  std::printf("]}\n");
}

int main(int argc, char **argv) {
  if (argc < 9)
    fail("usage: driver NAME SIZES THREADS ROUNDS FEW MANY KEEP SCRIPT.so "
         "PEER.so...");
  Problem problem = {};
  problem.name = argv[1];
  problem.size = parseSizes(argv[2]);
  problem.threads = std::atoi(argv[3]);
  problem.rounds = std::atoi(argv[4]);
  problem.fewSteps = std::atoll(argv[5]);
  problem.manySteps = std::atoll(argv[6]);
  problem.cells = problem.size[0] * problem.size[1] * problem.size[2];
  std::string library = argv[8];
  const pde_program *program = programOf(library, problem);
  if (!program)
    fail(library + " is not a library of the script " + problem.name);
  problem.isFloat = program->type == PDE_F32;
  makeInputs(library, *program, problem);
  std::vector<Competitor> peers;
  for (int i = 9; i < argc; ++i)
    for (Competitor &peer : makePeers(argv[i], *program, problem))
      peers.push_back(std::move(peer));
  compete(makeScript(library, problem), std::move(peers), problem,
          std::atoi(argv[7]));
  return 0;
}
