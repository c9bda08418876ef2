// RUN: %pde-opt %s --net-to-pde -split-input-file -verify-diagnostics
// What no scheme says. The network stays as it is.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @not_the_margins_of_a_transpose {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  // expected-error @below {{is no operation of a scheme: with its margins it is no transpose of an operator}}
  %t = net.conv_transpose %f, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  %u = net.fold %t [#net.margin<1 reflecting, 0 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @not_zeros_before_a_transpose {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 1>] values(%c) : <1>
  %more = net.pad %f [#net.margin<1 dirichlet, 0 dirichlet>] values(%c, %c : f64, f64) : tensor<?xf64> -> tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: with its margins it is no transpose of an operator}}
  %t = net.conv_transpose %more, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  %u = net.fold %t [#net.margin<0 reflecting, 1 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
net.program @mirrored_before_a_transpose_around_a_circle {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  %more = net.pad %f [#net.margin<1 reflecting, 0 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: with its margins it is no transpose of an operator}}
  %t = net.conv_transpose %more, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  %u = net.fold %t [#net.margin<1 dirichlet, 1 dirichlet>] : tensor<?xf64> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @folded_without_a_convolution {
  %f = net.input "f" on @X : tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: it folds what no transposed convolution gives}}
  %u = net.fold %f [#net.margin<1 reflecting, 1 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @wrapped_without_a_circle {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  %more = net.pad %f [#net.margin<0 periodic, 1 periodic>] : tensor<?xf64> -> tensor<?xf64>
  // expected-error @below {{needs periodic sides where its grid is periodic, and nowhere else, along axis x}}
  %u = net.conv %more, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
net.program @mirrored_around_a_circle {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  %more = net.pad %f [#net.margin<0 reflecting, 1 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  // expected-error @below {{needs periodic sides where its grid is periodic, and nowhere else, along axis x}}
  %u = net.conv %more, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @smaller_than_the_grid {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  // expected-error @below {{is no operation of a scheme: it has fewer rows than its grid has cells}}
  %u = net.conv %f, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : neumann, reflecting>]
net.program @values_that_lie_elsewhere {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %e = net.input "e" on @X : tensor<?xf64>
  %w = net.weights [array<i64: -1>, array<i64: 0>] values(%c, %c) : <1>
  // expected-error @below {{is no operation of a scheme: its values have other rows than it says}}
  %more = net.pad %f [#net.margin<1 neumann, 0 reflecting>] values(%e : tensor<?xf64>) rows [array<i64: 1, 0>] : tensor<?xf64> -> tensor<?xf64>
  %u = net.conv %more, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @sums_of_different_sizes {
  %f = net.input "f" on @X : tensor<?xf64>
  %g = net.input "g" on @X rows [1, 0] : tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: its tensors lie differently on their grid}}
  %u = net.add %f, %g : tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @sizes_of_no_grid {
  %n = pde.param "n" = 8 : i64 : i64
  // expected-error @below {{is no operation of a scheme: its sizes are not those of a field on a grid}}
  %u = net.noise %n sizes(%n) : tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
net.program @sizes_of_one_axis_of_two {
  %c = arith.constant 1.0 : f64
  %n = pde.size @X[0]
  // expected-error @below {{is no operation of a scheme: its sizes are not those of a field on a grid}}
  %u = net.coordinate 0 first %c spacing %c sizes(%n) : tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @no_coarser_grid {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  // expected-error @below {{is no operation of a scheme: no grid coarsens that of its tensor so}}
  %u = net.conv %f, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @A [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
net.program @other_strides_than_the_coarser_grid {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  // expected-error @below {{is no operation of a scheme: no grid coarsens that of its tensor so}}
  %u = net.conv %f, %w strides [3] : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @A [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
net.program @not_zero_beyond_a_restriction {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: -1>, array<i64: 1>] values(%c, %c) : <1>
  %more = net.pad %f [#net.margin<1 dirichlet, 0 dirichlet>] values(%c, %c : f64, f64) : tensor<?xf64> -> tensor<?xf64>
  // expected-error @below {{is no operation of a scheme: no grid coarsens that of its tensor so}}
  %u = net.conv %more, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @A [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.grid @B [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
net.program @several_coarser_grids {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  // expected-error @below {{is no operation of a scheme: several grids coarsen that of its tensor so: 'A' and 'B'}}
  %u = net.conv %f, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @no_finer_grid {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  // expected-error @below {{is no operation of a scheme: its tensor is on a grid that coarsens no other}}
  %u = net.conv_transpose %f, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @A [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
net.program @no_transpose_of_a_restriction {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @A : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>, array<i64: 2>] values(%c, %c, %c) : <1>
  // expected-error @below {{is no operation of a scheme: with its margins it is no transpose of a restriction}}
  %u = net.conv_transpose %f, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

// What the pde dialect refuses is refused: beyond a field that goes on itself no
// rule acts, and no circle has sides.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @rules_beyond_rows {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X rows [1, 0] : tensor<?xf64>
  %w = net.weights [array<i64: -2>, array<i64: 0>] values(%c, %c) : <1>
  %more = net.pad %f [#net.margin<1 reflecting, 0 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  // expected-error @below {{needs 1 more rows of its field at the low side of axis x, or none}}
  %u = net.conv %more, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}

// -----

// A side's rows are all that a transpose reaches, or none: of two, one is folded.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @a_rule_within_rows {
  %c = arith.constant 1.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: -2>, array<i64: 0>] values(%c, %c) : <1>
  // expected-error @below {{needs 1 more rows of its result at the low side of axis x, or none}}
  %t = net.conv_transpose %f, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  %u = net.fold %t [#net.margin<1 reflecting, 0 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
}
