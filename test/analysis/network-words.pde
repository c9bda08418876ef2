# What is proved, in the words of networks: each theorem has its block, and each
# statement its sentence; none is said of a step that is too long.

# RUN: pdec check --as network %s 2>&1 | FileCheck %s
# RUN: pdec %s --emit dot 2>&1 | FileCheck %s --check-prefix=DOT
# RUN: pdec check %s 2>&1 | FileCheck %s --check-prefix=SCHEME --implicit-check-not=block

grid X : 1d, boundary reflecting, size 64
grid Z : 1d, boundary dirichlet 1, size 64

param tau = 0.3, n = 2
input f on X = step(x - 32)
input g on Z = step(x - 32)

let D = forward(X.x)
fun R(u) = -D'(perona_malik_flux(D(u), 0.1))

# CHECK: proved: this residual block never increases the Euclidean norm of a{{$}}
# CHECK-NEXT: by the theorem 'one explicit step of a symmetric operator'
# SCHEME: proved: the Euclidean norm of a never grows
# DOT: label="time steps: n passes, shared weights\nproved: never increases the norm, maximum principle";
evolve a from f by explicit(R, tau) for n steps

# Linear: differences of states are states.
# CHECK: proved: this residual block never increases the Euclidean norm of b{{$}}
# CHECK: proved: this residual block is 1-Lipschitz in the Euclidean norm of b{{$}}
# DOT: label="time steps: n passes, shared weights\nproved: never increases the norm, 1-Lipschitz, maximum principle";
evolve b from f by explicit(u -> -D'(D(u)), tau) for n steps

# Sides with values: a bias.
# CHECK-NOT: norm of c
# CHECK: proved: this residual block is 1-Lipschitz in the Euclidean norm of c{{$}}
# DOT: label="time steps: n passes, shared weights\nproved: 1-Lipschitz, maximum principle with sides";
evolve c from g by explicit(laplace, tau) for n steps

# CHECK: proved: this block, a polynomial of one symmetric layer, never increases the Euclidean norm of d{{$}}
evolve d from f by rkl1(u -> -D'(D(u)), 5*tau, stages = 5) for n steps

# CHECK: proved: this average of residual blocks never increases the Euclidean norm of e{{$}}
evolve e from f by heun(R, tau) for n steps

# CHECK: proved: this recurrent block, at its fixed point, never increases the Euclidean norm of h{{$}}
# CHECK: where its iteration is solved exactly
# DOT: label="time steps: n passes, shared weights\nproved: never increases the norm, 1-Lipschitz, maximum principle (solved exactly)";
evolve h from f by implicit(u -> -D'(D(u)), tau) for n steps

# CHECK: proved: this recurrent block of two states amplifies no mode of k, l: its eigenvalues lie in the closed unit disc{{$}}
# SCHEME: proved: modes of k, l do not grow: all roots lie in the closed unit disc
evolve k, l from f, f by dufort_frankel(u -> -D'(D(u)), tau, 1.01) for n steps

# CHECK: proved: with the gains of its activations frozen, this recurrent block of two states amplifies no mode of o, p
evolve o, p from f, f by dufort_frankel(R, tau, 1.01) for n steps

# CHECK-NOT: block
# CHECK: nothing is proved about growth: the step is too large
# DOT: label="time steps: n passes, shared weights";
evolve q from f by explicit(R, 4*tau) for n steps

output a, b, c, d, e, h, k, l, o, p, q
