//===- Loops.h - all plain loops --------------------------------*- C++ -*-===//

#ifndef BENCH_PLAIN_LOOPS_H
#define BENCH_PLAIN_LOOPS_H

#include "Plain.h"

namespace plain {

// Signals.cpp
void peronaMalikOneLoop(const Call &call);
void peronaMalikTwoLoops(const Call &call);
void charbonnierOneLoop(const Call &call);
void charbonnierTwoLoops(const Call &call);

// Images.cpp
void heat2d(const Call &call);
void fsi2d(const Call &call);
void wave2d(const Call &call);
void charbonnier2d(const Call &call);
void grayScott2d(const Call &call);

// Volumes.cpp
void heat3d(const Call &call);
void peronaMalik3d(const Call &call);

// Multigrid.cpp
void poisson2d(const Call &call);
void poisson3d(const Call &call);

} // namespace plain

#endif // BENCH_PLAIN_LOOPS_H
