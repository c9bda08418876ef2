// RUN: %pde-opt %s --net-to-pde -split-input-file -verify-diagnostics
// Lines whose result lies on no grid of the module. The network stays as it is.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @no_grid {
  %f = net.input "f" on @X : tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: no grid is that of its tensor, but for this axis}}
  %t = net.along sum %f axis 0 : tensor<?xf64>
  net.output "u" %t : tensor<?xf64>
}
