// RUN: %pde-opt %s --net-to-pde -split-input-file -verify-diagnostics
// Layers of channels that no scheme says. The network stays as it is.

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 3>] array [1, 1, 3]
net.program @without_going_around {
  %w = net.input "w" on @W : tensor<?xf64>
  %f = net.input "f" on @X : tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: its tensors do not go around the circle}}
  %t = net.convolve %w[] of [1, 1, 3] from [-1] (%f) : tensor<?xf64>, (tensor<?xf64>) -> tensor<?xf64>
  net.output "u" %t : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 3>] array [1, 1, 3]
net.program @without_a_cut {
  %w = net.input "w" on @W : tensor<?xf64>
  %f = net.input "f" on @X : tensor<?xf64>
  %p = net.pad %f [#net.margin<1 periodic, 1 periodic>] : tensor<?xf64> -> tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: what it spills over the circle is not cut off}}
  %t = net.convolve transposed %w[] of [1, 1, 3] from [-1] (%p) : tensor<?xf64>, (tensor<?xf64>) -> tensor<?xf64>
  net.output "u" %t : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 3>] array [1, 1, 3]
net.program @too_few_rows {
  %w = net.input "w" on @W : tensor<?xf64>
  %f = net.input "f" on @X : tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: it has fewer rows than its grid has cells}}
  %t = net.convolve %w[] of [1, 1, 3] from [-1] (%f) : tensor<?xf64>, (tensor<?xf64>) -> tensor<?xf64>
  net.output "u" %t : tensor<?xf64>
}
