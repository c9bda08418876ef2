//===- ExecuteTest.cpp - runs on memory and their failures ----------------===//

#include "runtime/execution/Context.h"
#include "runtime/execution/Statistics.h"
#include "runtime/pde_runtime.h"

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>
#include <thread>

namespace {

/// A 1-D program in f64 with one parameter, input and output.
struct Execution {
  explicit Execution(std::function<void(pde_context *)> body)
      : body(std::move(body)) {}

  std::function<void(pde_context *)> body;
  double param = 1;
  int64_t size = 100;
  std::vector<double> input;
  int threads = 2;

  std::vector<double> output;
  std::string message;

  int operator()() {
    static const pde_grid grids[] = {
        {"X", 1, {"x", nullptr, nullptr}, {0, 0, 0}, {3, 1, 1}, -1, {}}};
    static const pde_param params[] = {
        {"tau", PDE_REAL, 1, 0, {1}, 0, INFINITY}};
    static const pde_port inputs[] = {{"f", 0, 0, {}, {}}},
                          outputs[] = {{"u", 0, 0, {}, {}}};
    current = this;
    pde_program program = {"test",  "test.pde", "kernel", PDE_F64, 1,
                           1,       1,          1,        0,       grids,
                           params,  inputs,     outputs,  nullptr, call,
                           nullptr, 0,          nullptr};
    pde_value value;
    value.real = param;
    const int64_t sizes[] = {size, 1, 1};
    const void *data[] = {input.empty() ? nullptr : input.data()};
    output.assign(std::max<int64_t>(size, 0), 0);
    void *results[] = {output.data()};
    pde_call arguments = {sizeof(pde_call), &value,  sizes,   data,   results,
                          threads,          nullptr, nullptr, nullptr};
    char text[256];
    int code = pde_execute(&program, &arguments, text, sizeof text);
    message = text;
    return code;
  }

  static void call(pde_context *ctx) { current->body(ctx); }
  static thread_local Execution *current;
};

thread_local Execution *Execution::current = nullptr;

/// Doubles the input.
void twice(pde_context *ctx) {
  auto *data = static_cast<double *>(pde_read_input(ctx, 0));
  for (int64_t i = 0; i < pde_get_size(ctx, 0, 0); ++i)
    data[i] *= 2;
  pde_write_output(ctx, 0, data);
  pde_free(ctx, data);
}

/// Virtual memory of this process, in pages.
long virtualPages() {
  long pages = 0;
  FILE *file = std::fopen("/proc/self/statm", "r");
  EXPECT_EQ(std::fscanf(file, "%ld", &pages), 1);
  std::fclose(file);
  return pages;
}

} // namespace

TEST(Execute, RunsOnMemory) {
  Execution run{twice};
  run.input.assign(100, 1.5);
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(run.message, "");
  EXPECT_EQ(run.output, std::vector<double>(100, 3));
}

TEST(Execute, RefusesWhatIsIllegal) {
  Execution run{twice};
  run.input.assign(100, 1.5);
  run.param = 0;
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run.message, "parameter 'tau' must be > 0, but it is 0");
  run.param = NAN;
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run.message, "parameter 'tau' must be finite, but it is nan");
  run.param = 1;
  run.size = 1;
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run.message,
            "grid X has 1 cell along x, but the script needs at least 3");
  run.size = 100;
  run.input[42] = INFINITY;
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run.message, "input 'f' is not finite (first at cell 42)");
  run.input.clear();
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run.message, "input 'f' has no default, so its data must be given");
}

/// With so many steps before its output is found not to be finite.
static std::string messageAfter(int64_t steps) {
  Execution run{[steps](pde_context *ctx) {
    auto *data = static_cast<double *>(pde_read_input(ctx, 0));
    for (int64_t step = 0; step <= steps; ++step)
      pde_progress(ctx, step, steps);
    data[17] = NAN;
    data[90] = INFINITY;
    pde_write_output(ctx, 0, data);
  }};
  run.input.assign(100, 1);
  EXPECT_EQ(run(), 1);
  return run.message;
}

TEST(Execute, TellsOfUnstableRuns) {
  EXPECT_EQ(messageAfter(3), "output 'u' is not finite (first at cell 17): the "
                             "run is unstable for these parameters");
  EXPECT_EQ(messageAfter(0), "output 'u' is not finite (first at cell 17): a "
                             "quotient by zero, or a root, a logarithm or a "
                             "power of a number below zero");
}

TEST(Execute, TellsOfMissingMemory) {
  for (int64_t count : {int64_t(1) << 58, INT64_MAX, int64_t(-1)}) {
    Execution run{[count](pde_context *ctx) { pde_alloc(ctx, count); }};
    EXPECT_EQ(run(), 1);
    EXPECT_EQ(run.message.substr(0, 25), "out of memory: a field of") << count;
  }
  Execution run{[](pde_context *ctx) {
    pde_parallel(
        ctx, 2, [](void *, int64_t, int64_t, void *) {}, nullptr,
        int64_t(1) << 60);
  }};
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run.message, "out of memory: 1.0 EiB of scratch memory for each of "
                         "2 threads were asked for");
}

TEST(Execute, FreesAllMemoryAfterAFailure) {
  Execution run{[](pde_context *ctx) {
    for (int i = 0; i < 3; ++i)
      pde_alloc(ctx, int64_t(16) << 20); // 128 MiB each, not touched
    int64_t size = 1000000;
    pde_layer_noise(ctx, 1, &size, 1);
    pde_parallel(
        ctx, 8, [](void *, int64_t, int64_t, void *) {}, nullptr, 1 << 26);
    pde_alloc(ctx, int64_t(1) << 60);
  }};
  EXPECT_EQ(run(), 1); // starts the threads
  long before = virtualPages();
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(run(), 1);
  EXPECT_LT(virtualPages() - before, 4096);
}

TEST(Execute, FreesMemoryWhenAsked) {
  Execution run{[](pde_context *ctx) {
    long before = virtualPages();
    for (int i = 0; i < 50; ++i)
      pde_free(ctx, pde_alloc(ctx, int64_t(16) << 20));
    EXPECT_LT(virtualPages() - before, 4096);
    pde_free(ctx, nullptr);
    twice(ctx);
  }};
  run.input.assign(100, 1);
  EXPECT_EQ(run(), 0) << run.message;
}

TEST(Execute, AlignsAndGuardsMemory) {
  Execution run{[](pde_context *ctx) {
    for (int64_t count : {0, 1, 7, 1000, 200000, 700000}) {
      auto *data = static_cast<char *>(pde_alloc(ctx, count));
      EXPECT_EQ(reinterpret_cast<uintptr_t>(data) % 64, 0u);
      std::memset(data - 64, 1, count * 8 + 128);
    }
    twice(ctx);
  }};
  run.input.assign(100, 1);
  EXPECT_EQ(run(), 0) << run.message;
}

TEST(Execute, MayRunOnSeveralThreadsAtOnce) {
  std::atomic<int> failures(0);
  auto work = [&] {
    for (int i = 0; i < 50; ++i) {
      Execution run{twice};
      run.input.assign(100, i);
      failures += run() != 0 || run.output[99] != 2 * i;
    }
  };
  std::thread one(work), two(work);
  one.join();
  two.join();
  EXPECT_EQ(failures, 0);
}

TEST(Parallel, CallsEachIndexOnceWithItsOwnScratch) {
  for (int threads : {1, 2, 5, 16}) {
    Execution run{[](pde_context *ctx) {
      std::vector<std::atomic<int>> calls(1000);
      auto body = [](void *closure, int64_t begin, int64_t end, void *scratch) {
        EXPECT_EQ(end, begin + 1);
        EXPECT_EQ(reinterpret_cast<uintptr_t>(scratch) % 64, 0u);
        auto *own = static_cast<int64_t *>(scratch);
        own[0] = own[511] = begin;
        (*static_cast<std::vector<std::atomic<int>> *>(closure))[begin]++;
        EXPECT_EQ(own[0], begin);
        EXPECT_EQ(own[511], begin);
      };
      for (int64_t count : {0, 1, 3, 1000})
        pde_parallel(ctx, count, body, &calls, 4096);
      EXPECT_EQ(calls[0], 3);
      EXPECT_EQ(calls[1], 2);
      EXPECT_EQ(calls[999], 1);
      twice(ctx);
    }};
    run.threads = threads;
    run.input.assign(100, 1);
    EXPECT_EQ(run(), 0) << run.message;
  }
}

//===----------------------------------------------------------------------===//
// Statistics
//===----------------------------------------------------------------------===//

static void checkStatistics(pde_context *ctx, std::vector<double> values,
                            double min, double max, double mean, double norm) {
  pdert::Statistics result =
      pdert::computeStatistics(*ctx, values.data(), values.size());
  EXPECT_EQ(result.min, min);
  EXPECT_EQ(result.max, max);
  EXPECT_DOUBLE_EQ(result.mean, mean);
  EXPECT_DOUBLE_EQ(result.norm, norm);
}

TEST(Statistics, NeitherOverflowNorVanish) {
  Execution run{[](pde_context *ctx) {
    checkStatistics(ctx, {3, -4}, -4, 3, -0.5, 5);
    checkStatistics(ctx, {0, 0, 0}, 0, 0, 0, 0);
    checkStatistics(ctx, {3e200, 4e200}, 3e200, 4e200, 3.5e200, 5e200);
    checkStatistics(ctx, {3e-300, 4e-300}, 3e-300, 4e-300, 3.5e-300, 5e-300);
    checkStatistics(ctx, {1e308, 1e308}, 1e308, 1e308, 1e308,
                    std::sqrt(2.0) * 1e308);
    checkStatistics(ctx, {5e-324}, 5e-324, 5e-324, 5e-324, 5e-324);
    twice(ctx);
  }};
  run.input.assign(100, 1);
  EXPECT_EQ(run(), 0) << run.message;
}

TEST(Statistics, HaveTheSameBitsForAnyNumberOfThreads) {
  std::vector<double> values(300001);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = pde_noise(3, i);
  auto compute = [&](int threads) {
    pdert::Statistics result;
    Execution run{[&](pde_context *ctx) {
      result = pdert::computeStatistics(*ctx, values.data(), values.size());
      twice(ctx);
    }};
    run.threads = threads;
    run.input.assign(100, 1);
    EXPECT_EQ(run(), 0) << run.message;
    return result;
  };
  pdert::Statistics one = compute(1);
  for (int threads : {2, 3, 8}) {
    pdert::Statistics result = compute(threads);
    EXPECT_EQ(result.mean, one.mean);
    EXPECT_EQ(result.norm, one.norm);
  }
}
