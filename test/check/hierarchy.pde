# RUN: pdec %s --emit program | FileCheck %s
# Coarser grids are made where they are needed, with the operators known anew.
grid X : 1d, boundary dirichlet 2, extent [0, 1], size 15
input f on X
# CHECK: grid X.x: dirichlet 2.0, first {{%.*}}, spacing [[H:%.*]], size 15
# CHECK: [[H1:%.*]] = mul 2.0, [[H]] : real
# CHECK-NEXT: grid X.1.x: dirichlet 2.0, first {{%.*}}, spacing [[H1]], vertices of X{{$}}
# CHECK: [[H2:%.*]] = mul 2.0, [[H1]] : real
# CHECK-NEXT: grid X.2.x: dirichlet 2.0, first {{%.*}}, spacing [[H2]], vertices of X.1{{$}}
fun A(u) = -laplace(u)

hierarchy cycle(A, b, u, levels) = {
  let v on X = u + 0.1*(b - A(u))
  return if levels == 1
      then v
      else {
        let r = restrict(b - A(v), homogeneous = true)
        return v + prolong(cycle(A, r, like(r, 0), levels - 1))
      }
}
# CHECK: [[R:%.*]] = restrict 0.25 * [0: 1.0, 1: 2.0, 2: 1.0] {{%.*}} : real on X.1
# CHECK-NEXT: [[SQUARE:%.*]] = mul [[H1]], [[H1]] : real
# CHECK-NEXT: [[FACTOR:%.*]] = div 1.0, [[SQUARE]] : real
# CHECK-NEXT: apply [[FACTOR]] * [-1: 1.0, 0: -2.0, 1: 1.0] {{%.*}} : real on X.1
# CHECK: [[R:%.*]] = restrict 0.25 * [0: 1.0, 1: 2.0, 2: 1.0] {{%.*}} : real on X.2
# CHECK-NEXT: [[SQUARE:%.*]] = mul [[H2]], [[H2]] : real
# CHECK-NEXT: [[FACTOR:%.*]] = div 1.0, [[SQUARE]] : real
# CHECK-NEXT: apply [[FACTOR]] * [-1: 1.0, 0: -2.0, 1: 1.0] {{%.*}} : real on X.2
# CHECK: [[E:%.*]] = prolong 0.25 * [0: 1.0, 1: 2.0, 2: 1.0] {{%.*}} : real on X.1
# CHECK-NEXT: mul 2.0, [[E]] : real on X.1
# CHECK: [[E:%.*]] = prolong 0.25 * [0: 1.0, 1: 2.0, 2: 1.0] {{%.*}} : real on X{{$}}
# CHECK-NEXT: mul 2.0, [[E]] : real on X{{$}}
output u = cycle(A, f, f, 3)

# With the boundary values of the finer grid.
# CHECK: [[C:%.*]] = restrict 0.25 * [0: 1.0, 1: 2.0, 2: 1.0] f : real on X.1{{$}}
# CHECK-NEXT: prolong 0.25 * [0: 1.0, 1: 2.0, 2: 1.0] [[C]] : real on X{{$}}
output c = prolong(restrict(f))
