// RUN: opml-opt %s --opml-canonicalize-arith --opml-verify-canonical | FileCheck %s

#id = affine_map<(i) -> (i)>

// CHECK-LABEL: @maximum
// CHECK: linalg.generic
// CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[IA:.*]] = arith.bitcast %[[A]] : f32 to i32
// CHECK: %[[IB:.*]] = arith.bitcast %[[B]] : f32 to i32
// CHECK: %[[SA:.*]] = arith.shrsi %[[IA]], %c31
// CHECK: %[[FA:.*]] = arith.andi %[[SA]], %{{.*}}2147483647
// CHECK: %[[KA:.*]] = arith.xori %[[IA]], %[[FA]]
// CHECK: %[[KB:.*]] = arith.xori %[[IB]]
// CHECK: %[[GT:.*]] = arith.cmpi sgt, %[[KA]], %[[KB]]
// CHECK: arith.constant 2139095040
// CHECK: arith.cmpi ugt
// CHECK: arith.cmpi ugt
// CHECK: %[[NAN:.*]] = arith.ori
// CHECK: %[[PICK:.*]] = arith.select %[[GT]], %[[IA]], %[[IB]]
// CHECK: %[[QUIET:.*]] = arith.constant 2143289344
// CHECK: %[[R:.*]] = arith.select %[[NAN]], %[[QUIET]], %[[PICK]]
// CHECK: arith.bitcast %[[R]] : i32 to f32
// No float operation made a NaN here: nothing is appended.
// CHECK-NOT: linalg.generic
// CHECK: return
func.func private @maximum(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> attributes {opml.node} {
  %e = tensor.empty() : tensor<4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%a, %b : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%x: f32, %y: f32, %out: f32):
    %m = arith.maximumf %x, %y : f32
    linalg.yield %m : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: @minimum
// CHECK: arith.cmpi slt
func.func private @minimum(%a: tensor<4xf32>) -> tensor<4xf32> attributes {opml.node} {
  %e = tensor.empty() : tensor<4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%x: f32, %out: f32):
    %m = arith.minimumf %x, %x : f32
    linalg.yield %m : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// Only a result that was computed gets its NaNs replaced.
// CHECK-LABEL: @sum_and_copy
// CHECK-SAME: (%[[A:.*]]: tensor<4xf32>)
// CHECK: %[[SUM:.*]] = linalg.generic
// CHECK: arith.addf
// CHECK: %[[CANONICAL:.*]] = linalg.generic {{.*}} ins(%[[SUM]] :
// CHECK: %[[BITS:.*]] = arith.bitcast
// CHECK: %[[MAGNITUDE:.*]] = arith.andi %[[BITS]]
// CHECK: %[[ISNAN:.*]] = arith.cmpi ugt, %[[MAGNITUDE]]
// CHECK: arith.select %[[ISNAN]], %{{.*}}, %[[BITS]]
// CHECK: return %[[CANONICAL]], %[[A]]
func.func private @sum_and_copy(%a: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) attributes {opml.node} {
  %e = tensor.empty() : tensor<4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%x: f32, %out: f32):
    %s = arith.addf %x, %x : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  return %0, %a : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: @divide
// CHECK: ^bb0(%[[N:.*]]: i32, %[[D:.*]]: i32, %{{.*}}: i32):
// CHECK: %[[ZERO:.*]] = arith.cmpi eq, %[[D]], %c0
// CHECK: %[[LEAST:.*]] = arith.cmpi eq, %[[N]], %c-2147483648
// CHECK: %[[MINUSONE:.*]] = arith.cmpi eq, %[[D]], %c-1
// CHECK: %[[OVERFLOW:.*]] = arith.andi %[[LEAST]], %[[MINUSONE]]
// CHECK: %[[FAILS:.*]] = arith.ori %[[ZERO]], %[[OVERFLOW]]
// CHECK: %[[SAFE:.*]] = arith.select %[[FAILS]], %c1{{.*}}, %[[D]]
// CHECK: arith.divsi %[[N]], %[[SAFE]]
// CHECK: %[[MASKED:.*]] = arith.andi %[[D]], %c31
// CHECK: arith.shli %{{.*}}, %[[MASKED]]
func.func private @divide(%a: tensor<4xi32>, %b: tensor<4xi32>) -> tensor<4xi32> attributes {opml.node} {
  %e = tensor.empty() : tensor<4xi32>
  %0 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%a, %b : tensor<4xi32>, tensor<4xi32>) outs(%e : tensor<4xi32>) {
  ^bb0(%x: i32, %y: i32, %out: i32):
    %q = arith.divsi %x, %y : i32
    %s = arith.shli %q, %y : i32
    linalg.yield %s : i32
  } -> tensor<4xi32>
  return %0 : tensor<4xi32>
}

// CHECK-LABEL: @to_integer
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: i8):
// CHECK-DAG: %[[LOW:.*]] = arith.cmpf oge, %[[X]], %cst
// CHECK-DAG: %[[HIGH:.*]] = arith.cmpf olt, %[[X]], %cst
// CHECK: %[[INSIDE:.*]] = arith.andi %[[LOW]], %[[HIGH]]
// CHECK: %[[CLAMPED:.*]] = arith.select %[[INSIDE]], %[[X]], %cst
// CHECK: %[[CONVERTED:.*]] = arith.fptosi %[[CLAMPED]] : f32 to i8
// CHECK: arith.select %[[INSIDE]], %[[CONVERTED]]
func.func private @to_integer(%a: tensor<4xf32>) -> tensor<4xi8> attributes {opml.node} {
  %e = tensor.empty() : tensor<4xi8>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%a : tensor<4xf32>) outs(%e : tensor<4xi8>) {
  ^bb0(%x: f32, %out: i8):
    %i = arith.fptosi %x : f32 to i8
    linalg.yield %i : i8
  } -> tensor<4xi8>
  return %0 : tensor<4xi8>
}

// A function that is no node is left alone.
// CHECK-LABEL: @not_a_node
// CHECK: arith.maximumf
func.func @not_a_node(%a: f32) -> f32 {
  %0 = arith.maximumf %a, %a : f32
  return %0 : f32
}
