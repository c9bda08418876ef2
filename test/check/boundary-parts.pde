# RUN: pdec %s --emit program | FileCheck %s
# A rule for each side of a grid, in parts.
# CHECK: grid A.x: periodic, first 0.0, spacing 1.0{{$}}
# CHECK-NEXT: grid A.y: dirichlet 1.0 .. neumann 0.5, first 1.0, spacing 1.0{{$}}
grid A : 2d, boundary x periodic, y low dirichlet 1, y high neumann 0.5
# CHECK-NEXT: grid B.x: dirichlet 0.0 .. reflecting, first 1.0, spacing 1.0, size 4{{$}}
# CHECK-NEXT: grid B.y: dirichlet 0.0 .. reflecting, first 1.0, spacing 1.0, size 5{{$}}
# CHECK-NEXT: grid B.z: dirichlet 0.0 .. reflecting, first 1.0, spacing 1.0, size 6{{$}}
grid B : 3d, boundary low dirichlet 0, high reflecting, size [4, 5, 6]
# CHECK-NEXT: [[LOW:%.*]] = sin C.y : real on C
# CHECK-NEXT: [[HIGH:%.*]] = sin C.y : real on C
# CHECK: grid C.x: dirichlet [[LOW]] .. dirichlet [[HIGH]], first [[H:%.*]], spacing [[H]], size 8{{$}}
# CHECK: [[H:%.*]] = div 2.0, {{%.*}} : real
# CHECK-NEXT: [[HALF:%.*]] = mul 0.5, [[H]] : real
# CHECK-NEXT: grid C.y: reflecting, first [[HALF]], spacing [[H]], size 8{{$}}
grid C : 2d, boundary x dirichlet sin(y), y reflecting, extent [[0, 1], [0, 2]], size 8
# CHECK-NEXT: grid D.x: reflecting, first 0.5, spacing 1.0{{$}}
# CHECK-NEXT: grid D.y: periodic, first 0.0, spacing 2.0{{$}}
# CHECK-NEXT: [[VALUE:%.*]] = mul D.x, D.y : real on D
# CHECK-NEXT: grid D.z: neumann 2.0 .. dirichlet [[VALUE]], first 1.5, spacing 3.0{{$}}
grid D : 3d, boundary x reflecting, y periodic, z low neumann 2, z high dirichlet x*y, spacing [1, 2, 3]
input a on A
input b on B
input c on C
input d on D
output oa = laplace(a), ob = laplace(b), oc = laplace(c), od = laplace(d)
