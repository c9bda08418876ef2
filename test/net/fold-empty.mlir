// RUN: %pde-opt %s --canonicalize | FileCheck %s
// Margins without cells are none, whatever their sides are given; others stay.

// CHECK-LABEL: func.func @pad
// CHECK-SAME: (%[[X:.*]]: tensor<?xf64>, %[[Y:.*]]: tensor<?x?xf64>, %[[C:.*]]: f64)
func.func @pad(%x : tensor<?xf64>, %y : tensor<?x?xf64>, %c : f64) -> (tensor<?xf64>, tensor<?x?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?x?xf64>) {
  %0 = net.pad %x [#net.margin<0 dirichlet, 0 robin>] values(%c, %c : f64, f64) : tensor<?xf64> -> tensor<?xf64>
  %1 = net.pad %y [#net.margin<0 periodic, 0 periodic>, #net.margin<0 reflecting, 0 reflecting>] : tensor<?x?xf64> -> tensor<?x?xf64>
  // CHECK: %[[MORE:.*]] = net.pad %[[X]] [#net.margin<0 periodic, 1 periodic>]
  %2 = net.pad %x [#net.margin<0 periodic, 1 periodic>] : tensor<?xf64> -> tensor<?xf64>
  // CHECK: %[[LESS:.*]] = net.pad %[[X]] [#net.margin<-1 reflecting, 1 reflecting>]
  %3 = net.pad %x [#net.margin<-1 reflecting, 1 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  // CHECK: %[[ONE:.*]] = net.pad %[[Y]] [#net.margin<0 periodic, 0 periodic>, #net.margin<1 reflecting, 0 reflecting>]
  %4 = net.pad %y [#net.margin<0 periodic, 0 periodic>, #net.margin<1 reflecting, 0 reflecting>] : tensor<?x?xf64> -> tensor<?x?xf64>
  // CHECK: return %[[X]], %[[Y]], %[[MORE]], %[[LESS]], %[[ONE]]
  return %0, %1, %2, %3, %4 : tensor<?xf64>, tensor<?x?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?x?xf64>
}

// CHECK-LABEL: func.func @fold
// CHECK-SAME: (%[[X:.*]]: tensor<?xf64>, %[[C:.*]]: f64)
func.func @fold(%x : tensor<?xf64>, %c : f64) -> (tensor<?xf64>, tensor<?xf64>) {
  %0 = net.fold %x [#net.margin<0 robin, 0 dirichlet>] : tensor<?xf64> -> tensor<?xf64>
  // CHECK: %[[SUM:.*]] = net.fold %[[X]] [#net.margin<1 robin, 0 dirichlet>] weights(%[[C]])
  %1 = net.fold %x [#net.margin<1 robin, 0 dirichlet>] weights(%c) : tensor<?xf64> -> tensor<?xf64>
  // CHECK: return %[[X]], %[[SUM]]
  return %0, %1 : tensor<?xf64>, tensor<?xf64>
}
