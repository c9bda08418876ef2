# RUN: pdec %s --emit program | FileCheck %s
# An equation is iterated from zero, or from what is given.
grid X : 2d, boundary dirichlet 0
input f on X
fun A(u) = u - laplace(u)
fun richardson(omega) = (A, b) -> u -> u + omega*(b - A(u))

# CHECK: [[SQUARE:%.*]] = reduce dot f, f : real
# CHECK-NEXT: [[NORM:%.*]] = sqrt [[SQUARE]] : real
# CHECK-NEXT: [[NULL:%.*]] = equal [[NORM]], 0.0 : bool
# CHECK-NEXT: [[BY:%.*]] = select [[NULL]], 1.0, [[NORM]] : real
# CHECK-NEXT: [[NOTHING:%.*]] = spread 0.0 : real on X
# CHECK-NEXT: [[ZERO:%.*]] = state [[NOTHING]] : real on X
# CHECK-NEXT: [[E:%.*]] = fixpoint 77 times (u : real on X = [[ZERO]]) {
# CHECK: [[NEW:%.*]] = add [[E]].u, {{%.*}} : real on X
# CHECK: [[REST:%.*]] = sub f, {{%.*}} : real on X
# CHECK-NEXT: [[SQUARE:%.*]] = reduce dot [[REST]], [[REST]] : real
# CHECK-NEXT: [[NORM:%.*]] = sqrt [[SQUARE]] : real
# CHECK-NEXT: [[RESIDUAL:%.*]] = div [[NORM]], [[BY]] : real
# CHECK-NEXT: less [[RESIDUAL]], 1e-08 : bool
# CHECK: yield [[NEW]]
solve A(u) = f by richardson(0.1) until residual < 1e-8, at most 77
output u
# CHECK: [[E:%.*]] = fixpoint 10000 times (v : real on X = f) {
# CHECK: [[CHANGE:%.*]] = reduce max_abs {{%.*}} : real
# CHECK-NEXT: less [[CHANGE]], 1e-08 : bool
solve A(v) = f from f by richardson(0.1) until change < 1e-8
output v

# A solver with a state of its own: a start and a step.
# CHECK: [[E:%.*]] = fixpoint 10000 times (w.0 : real on X = [[START:%.*]], w.1 : real on X = [[START]]) {
# CHECK: yield {{%.*}}, [[E]].w.0
# CHECK: output w = [[E]].w.0
fun momentum(A, b) = [u -> [u, u], (u, v) -> [u + 0.1*(b - A(u)) + 0.5*(u - v), u]]
solve A(w) = f by momentum until residual < 1e-8
output w
