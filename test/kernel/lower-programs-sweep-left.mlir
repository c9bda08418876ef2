// RUN: %pde-opt %s --pde-lower-programs --verify-diagnostics
// A program whose fields nothing computes yet is none that can be lowered.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %seed = arith.constant 7 : i64
  // expected-error@+1 {{must be a kernel.call by now: pde-form-sweeps, pde-plan-sweeps and pde-tile-sweeps make one}}
  %noise = pde.noise %seed : <@X, f64>
  pde.output "other" %noise : <@X, f64>
}
