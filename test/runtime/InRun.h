//===- InRun.h - what the runtime does within a run -------------*- C++ -*-===//

#ifndef PDE_TEST_INRUN_H
#define PDE_TEST_INRUN_H

#include "runtime/pde_runtime.h"

#include <functional>
#include <gtest/gtest.h>

/// Calls `what` as a program of elements T would be, which has nothing else.
template <typename T>
void inRun(int threads, std::function<void(pde_context *)> what) {
  static thread_local std::function<void(pde_context *)> body;
  body = std::move(what);
  pde_program program = {};
  program.name = program.source = program.form = "test";
  program.type = sizeof(T) == 4 ? PDE_F32 : PDE_F64;
  program.run = [](pde_context *ctx) { body(ctx); };
  pde_call call = {};
  call.size = sizeof call;
  call.threads = threads;
  char message[256];
  EXPECT_EQ(pde_execute(&program, &call, message, sizeof message), 0)
      << message;
}

#endif // PDE_TEST_INRUN_H
