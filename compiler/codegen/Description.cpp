//===- Description.cpp - an interface as the runtime sees it --------------===//

#include "compiler/codegen/Description.h"

#include <algorithm>

namespace pdec::codegen {

using pde::Interface;

static pde_grid describe(const Interface::Grid &grid) {
  pde_grid described = {};
  described.name = grid.name.c_str();
  described.rank = grid.axes.size();
  described.parent = grid.parent;
  for (size_t axis = 0; axis < grid.axes.size(); ++axis) {
    described.axis[axis] = grid.axes[axis].name.c_str();
    described.size[axis] = grid.axes[axis].size;
    described.min_size[axis] = grid.axes[axis].minSize;
    described.coarsening[axis] = int32_t(grid.axes[axis].coarsening);
  }
  described.num_extents = grid.extents.size();
  described.extents = grid.extents.data();
  return described;
}

/// Of a grid that is its parent without some of its axes, those that are left.
static std::vector<int> axesLeft(const pde_grid &grid) {
  std::vector<int> left;
  for (int axis = 0; axis < grid.rank; ++axis)
    if (grid.parent < 0 || grid.size[axis] != 1)
      left.push_back(axis);
  return left;
}

/// The grid on which users see its fields: with these axes only.
static pde_grid seenOf(const pde_grid &grid, int32_t number) {
  pde_grid seen = {};
  seen.name = grid.name;
  seen.parent = number;
  for (int axis : axesLeft(grid)) {
    seen.axis[seen.rank] = grid.axis[axis];
    seen.min_size[seen.rank] = grid.min_size[axis];
    seen.coarsening[seen.rank++] = PDE_SAME;
  }
  return seen;
}

static pde_param describe(const Interface::Param &param) {
  pde_param described = {};
  described.name = param.name.c_str();
  described.kind = param.isInt ? PDE_INT : PDE_REAL;
  if (param.isInt)
    described.initial.integer = param.integer;
  else
    described.initial.real = param.real;
  described.low = param.low;
  described.high = param.high;
  described.low_open = param.lowOpen;
  described.high_open = param.highOpen;
  described.counts_steps = param.countsSteps;
  return described;
}

static pde_port describe(const Interface::Port &port) {
  pde_port described = {};
  described.name = port.name.c_str();
  described.grid = port.grid;
  described.has_default = port.hasDefault;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    described.low[axis] = port.low[axis];
    described.high[axis] = port.high[axis];
  }
  const Interface::Interval &entries = port.entries;
  described.entries = {entries.lowOpen, entries.highOpen, entries.low,
                       entries.high};
  return described;
}

static pde_loop describe(const Interface::Loop &loop) {
  return {loop.what.c_str(), loop.measure.c_str(), int32_t(loop.line)};
}

static pde_evolved describe(const Interface::Evolved &evolved) {
  return {describe(evolved.field), int32_t(evolved.line),
          int32_t(evolved.level),  evolved.keepsNorm,
          evolved.stepParam,       evolved.stepLimit};
}

static pde_record describe(const Interface::Record &record) {
  return {describe(record.port), record.columns};
}

/// In the order of the interface: positions are the numbers of generated code.
template <typename From, typename To>
static void describeAll(const std::vector<From> &from, std::vector<To> &list,
                        int32_t &count, const To *&first) {
  for (const From &one : from)
    list.push_back(describe(one));
  count = list.size();
  first = list.data();
}

Description::Description(const Interface &interface, Origin from)
    : origin(std::move(from)) {
  described.name = interface.name.c_str();
  described.source = origin.source.c_str();
  described.form = origin.form.c_str();
  described.certificate = origin.certificate.c_str();
  described.identity = origin.identity.c_str();
  described.origin = {origin.script.c_str(), origin.digest.c_str(),
                      origin.compiler.c_str(), origin.options.c_str(),
                      origin.network.c_str()};
  described.type = interface.isF32 ? PDE_F32 : PDE_F64;
  describeAll(interface.grids, grids, described.num_grids, described.grids);
  // Numbers of generated code stay: what is seen comes behind.
  std::vector<int32_t> seen(grids.size());
  for (size_t grid = 0; grid < seen.size(); ++grid) {
    bool isWhole = int(axesLeft(grids[grid]).size()) == grids[grid].rank;
    seen[grid] = isWhole ? grid : grids.size();
    if (!isWhole)
      grids.push_back(seenOf(grids[grid], grid));
  }
  described.num_grids = grids.size();
  described.grids = grids.data();
  describeAll(interface.params, params, described.num_params, described.params);
  describeAll(interface.inputs, inputs, described.num_inputs, described.inputs);
  describeAll(interface.outputs, outputs, described.num_outputs,
              described.outputs);
  describeAll(interface.loops, loops, described.num_loops, described.loops);
  describeAll(interface.evolved, evolved, described.num_evolved,
              described.evolved);
  describeAll(interface.records, records, described.num_records,
              described.records);
  auto show = [&](pde_port &port) {
    if (port.grid >= 0)
      port.grid = seen[port.grid];
  };
  for (auto *ports : {&inputs, &outputs})
    std::for_each(ports->begin(), ports->end(), show);
  for (pde_evolved &one : evolved)
    show(one.field);
  for (pde_record &one : records)
    show(one.port);
}

} // namespace pdec::codegen
