// RUN: %pde-opt %s --pde-plan-sweeps | FileCheck %s
// RUN: %pde-opt %s --pde-plan-sweeps --pde-tile-sweeps | FileCheck %s --check-prefix=TILES
// Stages that read each other far around a tile are computed row by row, the
// first ones ahead, in rings of rows. A row of the coarser grid belongs to the
// tile that has the row of the finer one where it lies.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>, #pde.axis<"y" : dirichlet, dirichlet>]
pde.grid @C [#pde.axis<"x" : dirichlet, dirichlet coarsened by vertex>, #pde.axis<"y" : dirichlet, dirichlet coarsened by vertex>] coarsens @X
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // The first stage is a row ahead of the second and read a row behind; of that
  // restriction reads two rows ahead. A piece has two rows.
  // CHECK: pde.sweep
  // CHECK-SAME: kernel.results = [#kernel.stage<2 reach <0 : 0, 0 : 0> boundary <none : none, none : none>>, #kernel.stage<3 reach <0 : 0, 0 : 0> boundary <none : none, none : none>>]
  // CHECK-SAME: kernel.tile = #kernel.tile<[256, 2048] rows 2 piece 2>
  // CHECK: pde.apply {{.*}} {kernel.stage = #kernel.stage<0 reach <1 : 3, 1 : 2> boundary <1 : 1, 1 : 1> ring 4>}
  // CHECK: pde.apply {{.*}} {kernel.stage = #kernel.stage<1 reach <0 : 2, 0 : 1> boundary <1 : 1, 1 : 1> ring 4>}
  // CHECK-NOT: kernel.stored

  // TILES: func.func private @sweep0
  // TILES-SAME: kernel.tile = #kernel.tile<[256, 2048] rows 2 piece 2 scratch
  // TILES: %[[FOUR:.*]] = arith.constant -4 : i64
  // TILES: %[[START:.*]] = arith.addi %{{.*}}, %[[FOUR]]
  // TILES: scf.for %[[ROW:.*]] = %[[START]]
  // TILES-COUNT-2: kernel.memory {{.*}} ring(
  // TILES-COUNT-2: arith.shrsi
  // TILES: kernel.box {{.*}} writes ({{.*}} : !pde.field<@C, f64>)
  %v:2 = pde.sweep (%u = %f : !pde.field<@X, f64>) -> (!pde.field<@X, f64>, !pde.field<@C, f64>) {
    %one = arith.constant 1.0 : f64
    %zero = arith.constant 0.0 : f64
    %k = pde.stencil [array<i64: -1, 0>, array<i64: 0, -1>, array<i64: 0, 1>, array<i64: 1, 0>] weights(%one, %one, %one, %one) : <2>
    %a = pde.apply %k, %u outside(%zero, %zero, %zero, %zero : f64, f64, f64, f64) {kernel.stored} : <2>, <@X, f64> -> <@X, f64>
    %b = pde.apply %k, %a outside(%zero, %zero, %zero, %zero : f64, f64, f64, f64) : <2>, <@X, f64> -> <@X, f64>
    %r = pde.stencil [array<i64: 0, 1>, array<i64: 1, 1>, array<i64: 2, 1>] weights(%one, %one, %one) : <2>
    %c = pde.restrict %r, %b : <2>, <@X, f64> -> <@C, f64>
    pde.yield %b, %c : !pde.field<@X, f64>, !pde.field<@C, f64>
  }
  pde.output "v" %v#0 : <@X, f64>
  pde.output "c" %v#1 : <@C, f64>
}
