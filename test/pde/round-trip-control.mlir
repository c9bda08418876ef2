// RUN: %pde-opt %s | %pde-opt | FileCheck %s
// Steps, sweeps and what they carry print as they are read.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %c = arith.constant 0.5 : f64
  %f = pde.input "f" -> <@X, f64>
  // CHECK: %{{.*}}:2 = pde.steps %{{.*}} pass %[[PASS:.*]] carry (%[[U:.*]] = %{{.*}} : !pde.field<@X, f64>, %[[A:.*]] = %{{.*}} : f64) {
  %r:2 = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>, %a = %c : f64) {
    %real = arith.sitofp %pass : i64 to f64
    // CHECK: pde.sweep (%{{.*}} = %[[U]] : !pde.field<@X, f64>, %{{.*}} = %[[A]] : f64) -> !pde.field<@X, f64> {
    // CHECK: pde.yield %{{.*}} : !pde.field<@X, f64>
    %v = pde.sweep (%x = %u : !pde.field<@X, f64>, %y = %a : f64) -> !pde.field<@X, f64> {
      %w = pde.map (%s = %x : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %t = arith.mulf %s, %y : f64
        pde.yield %t : f64
      }
      pde.yield %w : !pde.field<@X, f64>
    }
    // CHECK: pde.sweep () -> (!pde.field<@X, f64>, !pde.field<@X, f64>)
    // CHECK-SAME: attributes {kept}
    %z:2 = pde.sweep () -> (!pde.field<@X, f64>, !pde.field<@X, f64>) attributes {kept} {
      %seed = arith.constant 7 : i64
      %w = pde.noise %seed : <@X, f64>
      pde.yield %w, %w : !pde.field<@X, f64>, !pde.field<@X, f64>
    }
    // CHECK: pde.yield %{{.*}}, %{{.*}} : !pde.field<@X, f64>, f64
    pde.yield %v, %real : !pde.field<@X, f64>, f64
  }
  // CHECK: pde.steps %{{.*}} pass %{{.*}} carry (%{{.*}} = %{{.*}} : !pde.field<@X, f64>){{ *}}attributes {evolution}{{ *}}{
  %e = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) attributes {evolution} {
    pde.yield %u : !pde.field<@X, f64>
  }
  // CHECK: pde.steps %{{.*}} pass %{{.*}} carry () {
  pde.steps %n pass %pass carry () {
    pde.yield
  }
  pde.output "u" %e : <@X, f64>
}
