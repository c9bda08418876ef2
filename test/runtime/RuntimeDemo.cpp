//===- RuntimeDemo.cpp - programs as generated code would be --------------===//
//
// Small programs for tests of the runtime's command line. The environment
// variable RUNTIME_DEMO chooses: heat (the default), explicit steps of the 1-D
// heat equation in f64; copy, which hands two 2-D inputs on in f32; or solve,
// an iteration with a grid hierarchy and outputs in one, two and three
// dimensions.
//
//===----------------------------------------------------------------------===//

#include "runtime/pde_runtime.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

//===----------------------------------------------------------------------===//
// heat
//===----------------------------------------------------------------------===//

static constexpr int64_t tile = 65536;

namespace {
struct HeatStep {
  const double *u;
  double *next;
  int64_t size;
  double tau;
};
} // namespace

/// One tile of u + tau * (u[i-1] - 2 u[i] + u[i+1]), reflecting.
static void stepTile(void *closure, int64_t begin, int64_t, void *) {
  const HeatStep &step = *static_cast<const HeatStep *>(closure);
  int64_t end = std::min(step.size, (begin + 1) * tile);
  for (int64_t i = begin * tile; i < end; ++i) {
    double left = step.u[std::max<int64_t>(i - 1, 0)];
    double right = step.u[std::min(i + 1, step.size - 1)];
    step.next[i] = step.u[i] + step.tau * (left - 2 * step.u[i] + right);
  }
}

/// f(x) = step(x - 1/2) + noise/10.
static double *fillDefault(pde_context *ctx, int64_t size) {
  auto *f = static_cast<double *>(pde_alloc(ctx, size));
  for (int64_t i = 0; i < size; ++i)
    f[i] = (2 * i >= size ? 1.0 : 0.0) + 0.1 * pde_noise(7, i);
  return f;
}

static void runHeat(pde_context *ctx) {
  int64_t size = pde_get_size(ctx, 0, 0), steps = pde_get_int(ctx, 1);
  double spacing = 1.0 / static_cast<double>(size);
  pde_set_axis(ctx, 0, 0, spacing / 2, spacing);
  auto *u = static_cast<double *>(pde_read_input(ctx, 0));
  if (!u) {
    u = fillDefault(ctx, size);
    pde_note_input(ctx, 0, u);
  }
  auto *next = static_cast<double *>(pde_alloc(ctx, size));
  auto watch = [&](int64_t step) {
    if (pde_is_watched(ctx))
      pde_watch(ctx, /*line=*/4, /*level=*/0, step, u);
  };
  watch(0);
  for (int64_t step = 0; step < steps; ++step) {
    HeatStep closure = {u, next, size, pde_get_real(ctx, 0)};
    pde_parallel(ctx, (size + tile - 1) / tile, stepTile, &closure, 0);
    std::swap(u, next);
    watch(step + 1);
    pde_progress(ctx, step + 1, steps);
  }
  pde_count_work(ctx, size * steps, size * steps * 16);
  pde_write_output(ctx, 0, u);
  pde_free(ctx, u);
  pde_free(ctx, next);
}

static const pde_grid heatGrid[] = {
    {"X", 1, {"x", nullptr, nullptr}, {100, 0, 0}, {2, 1, 1}, -1, {}}};
static const pde_param heatParams[] = {
    {"tau", PDE_REAL, 1, 0, {0.25}, 0, INFINITY},
    {"steps", PDE_INT, 0, 0, {.integer = 10}, 0, 1e9}};
static const pde_port heatInputs[] = {{"f", 0, 1, {}, {}}};
static const pde_port heatOutputs[] = {{"u", 0, 0, {}, {}}};
static const pde_evolved heatEvolved[] = {
    {{"u", 0, 0, {}, {}}, 4, 0, 1, 0, 0.5}};
static const pde_program heat = {
    "heat",
    "heat.pde",
    "kernel",
    PDE_F64,
    1,
    2,
    1,
    1,
    0,
    heatGrid,
    heatParams,
    heatInputs,
    heatOutputs,
    nullptr,
    runHeat,
    "heat.pde:4:1: u\n  proved: the Euclidean norm of u never grows\n",
    1,
    heatEvolved};

//===----------------------------------------------------------------------===//
// copy
//===----------------------------------------------------------------------===//

static void runCopy(pde_context *ctx) {
  int64_t cells = pde_get_size(ctx, 0, 0) * pde_get_size(ctx, 0, 1);
  for (int32_t i = 0; i < 2; ++i) {
    void *data = pde_read_input(ctx, i);
    if (!data) {
      data = pde_alloc(ctx, cells);
      std::memset(data, 0, cells * sizeof(float));
    }
    pde_write_output(ctx, i, data);
    pde_free(ctx, data);
  }
}

static const pde_grid copyGrid[] = {
    {"G", 2, {"x", "y", nullptr}, {0, 0, 0}, {1, 1, 1}, -1, {}}};
static const pde_port copyInputs[] = {{"a", 0, 0, {}, {}}, {"b", 0, 1, {}, {}}};
static const pde_port copyOutputs[] = {{"c", 0, 0, {}, {}},
                                       {"d", 0, 0, {}, {}}};
static const pde_program copy = {
    "copy",      "copy.pde", "network", PDE_F32,  1,       0,
    2,           2,          0,         copyGrid, nullptr, copyInputs,
    copyOutputs, nullptr,    runCopy,   nullptr,  0,       nullptr};

//===----------------------------------------------------------------------===//
// solve
//===----------------------------------------------------------------------===//

/// Memory for all cells of a grid, filled with f(positions in [0, 1]).
template <typename Function>
static double *fill(pde_context *ctx, int32_t grid, Function f) {
  int64_t n[3];
  for (int32_t axis = 0; axis < 3; ++axis) {
    n[axis] = pde_get_size(ctx, grid, axis);
    pde_set_axis(ctx, grid, axis, axis, 1.0 / static_cast<double>(n[axis]));
  }
  auto *data = static_cast<double *>(pde_alloc(ctx, n[0] * n[1] * n[2]));
  for (int64_t i = 0; i < n[0] * n[1] * n[2]; ++i)
    data[i] = f(static_cast<double>(i / n[2] / n[1]) / n[0],
                static_cast<double>(i / n[2] % n[1]) / n[1],
                static_cast<double>(i % n[2]) / n[2]);
  return data;
}

/// Passes whose residual falls by a tenth each until it is below the bound; it
/// wiggles, as those of real solvers do.
static void iterate(pde_context *ctx, int32_t loop, double rate) {
  int64_t passes = pde_get_int(ctx, 0);
  double bound = pde_get_real(ctx, 1), residual = 1;
  for (int64_t pass = 1; pass <= passes; ++pass) {
    residual *= rate * (1 + 0.3 * pde_noise(1, pass));
    pde_note_iteration(ctx, loop, pass, residual, bound);
    if (residual < bound)
      return;
  }
  pde_fail_convergence(ctx, loop, passes, residual, bound);
}

static void runSolve(pde_context *ctx) {
  double *f = fill(ctx, 0, [](double x, double y, double) {
    return x < y ? 0.25 : std::hypot(x - 0.7, y - 0.3) < 0.2 ? 1.0 : 0.0;
  });
  if (void *given = pde_read_input(ctx, 0))
    f = static_cast<double *>(given);
  else
    pde_note_input(ctx, 0, f);
  iterate(ctx, 0, 0.9);
  iterate(ctx, 0, 0.7);
  iterate(ctx, 1, 0.5);
  double *u = fill(ctx, 0, [](double x, double y, double) {
    return std::sin(9 * x) * std::cos(6 * y * y);
  });
  double *w = fill(ctx, 3, [](double x, double, double) {
    return std::exp(-20 * (x - 0.4) * (x - 0.4));
  });
  double *v = fill(ctx, 4, [](double x, double y, double z) {
    return 100 * x + 10 * y + std::sin(7 * z);
  });
  pde_write_output(ctx, 0, u);
  pde_write_output(ctx, 1, w);
  pde_write_output(ctx, 2, v);
}

static const pde_grid solveGrids[] = {
    {"G", 2, {"x", "y", nullptr}, {15, 31, 0}, {3, 3, 1}, -1, {}},
    {"G_1", 2, {"x", "y", nullptr}, {}, {3, 3, 1}, 0, {}},
    {"G_2", 2, {"x", "y", nullptr}, {}, {3, 3, 1}, 1, {}},
    {"X", 1, {"s", nullptr, nullptr}, {50, 0, 0}, {1, 1, 1}, -1, {}},
    {"V", 3, {"x", "y", "z"}, {3, 4, 5}, {1, 1, 1}, -1, {}}};
static const pde_param solveParams[] = {
    {"passes", PDE_INT, 0, 0, {.integer = 500}, 1, 1e9},
    {"bound", PDE_REAL, 1, 0, {1e-8}, 0, INFINITY}};
static const pde_port solveInputs[] = {{"f", 0, 1, {}, {}}};
static const pde_port solveOutputs[] = {
    {"u", 0, 0, {}, {}}, {"w", 3, 0, {}, {}}, {"v", 4, 0, {}, {}}};
static const pde_loop solveLoops[] = {{"u", "residual", 12},
                                      {"w", "change", 20}};
static const pde_program solve = {"solve",
                                  "solve.pde",
                                  "kernel",
                                  PDE_F64,
                                  5,
                                  2,
                                  1,
                                  3,
                                  2,
                                  solveGrids,
                                  solveParams,
                                  solveInputs,
                                  solveOutputs,
                                  solveLoops,
                                  runSolve,
                                  nullptr,
                                  0,
                                  nullptr};

int main(int argc, char **argv) {
  const char *choice = std::getenv("RUNTIME_DEMO");
  for (const pde_program *program : {&copy, &solve})
    if (choice && std::strcmp(choice, program->name) == 0)
      return pde_main(program, argc, argv);
  return pde_main(&heat, argc, argv);
}
