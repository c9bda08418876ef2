//===- Interface.cpp - what a program shows to its users ------------------===//

#include "compiler/pde/Interface.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/pde/PdeDialect.h"
#include "compiler/pde/PdeResults.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace mlir;

namespace pdec::pde {

template <typename List> static int find(const List &list, StringRef name) {
  for (size_t i = 0; i < list.size(); ++i)
    if (list[i].name == name)
      return i;
  llvm_unreachable("a name that the interface does not have");
}

int Interface::gridIndex(StringRef grid) const { return find(grids, grid); }
int Interface::paramIndex(StringRef param) const { return find(params, param); }
int Interface::inputIndex(StringRef input) const { return find(inputs, input); }
int Interface::outputIndex(StringRef output) const {
  return find(outputs, output);
}
int Interface::recordIndex(StringRef record) const {
  for (size_t i = 0; i < records.size(); ++i)
    if (records[i].port.name == record)
      return i;
  return -1;
}

std::vector<Interface::Port> Interface::results() const {
  std::vector<Port> all = outputs;
  for (const Record &record : records)
    all.push_back(record.port);
  return all;
}

std::array<int64_t, 3>
Interface::Port::extents(const std::vector<int64_t> &sizes) const {
  if (isNumber())
    return {1, 1, 1};
  std::array<int64_t, 3> result;
  for (unsigned axis = 0; axis < result.size(); ++axis)
    result[axis] = sizes[result.size() * grid + axis] + rows(axis);
  return result;
}

int64_t Interface::Port::count(const std::vector<int64_t> &sizes) const {
  auto [x, y, z] = extents(sizes);
  return x * y * z;
}

static Interface::Grid describe(GridOp op) {
  Interface::Grid grid;
  grid.name = op.getSymName().str();
  for (unsigned i = 0; i < op.rank(); ++i)
    grid.axes.push_back({op.axis(i).getName().str(), op.axis(i).getSize(), 1,
                         op.axis(i).getCoarsening()});
  if (auto extents = op.getExtents())
    grid.extents.assign(extents->begin(), extents->end());
  return grid;
}

/// The legal values of a parameter, or of the entries of an array.
template <typename Op> static Interface::Interval intervalOf(Op op) {
  Interface::Interval interval;
  if (op.getLow())
    interval.low = op.getLow()->convertToDouble();
  if (op.getHigh())
    interval.high = op.getHigh()->convertToDouble();
  interval.lowOpen = op.getLowOpen();
  interval.highOpen = op.getHighOpen();
  return interval;
}

/// Whether a number says nothing but how many steps evolutions make, itself or
/// through other numbers.
static bool countsSteps(Value number) {
  return llvm::all_of(number.getUses(), [](OpOperand &use) {
    Operation *user = use.getOwner();
    if (auto steps = dyn_cast<StepsOp>(user))
      return steps.getEvolution() && use.getOperandNumber() == 0;
    if (auto fixpoint = dyn_cast<FixpointOp>(user))
      return fixpoint.getMeasure() == "evolution" &&
             use.getOperandNumber() == 0;
    return isa<arith::ArithDialect>(user->getDialect()) &&
           llvm::all_of(user->getResults(), countsSteps);
  });
}

static Interface::Param describe(ParamOp op) {
  Interface::Param param;
  static_cast<Interface::Interval &>(param) = intervalOf(op);
  param.name = op.getName().str();
  if (auto integer = dyn_cast<IntegerAttr>(op.getInitial())) {
    param.isInt = true;
    param.integer = integer.getInt();
  } else {
    param.real = cast<FloatAttr>(op.getInitial()).getValueAsDouble();
  }
  param.countsSteps = countsSteps(op.getValue());
  return param;
}

/// A stencil reads at most one mirror image of a cell when no offset exceeds
/// the size; lowerings rely on that. Rules may ask for more cells.
static void requireRoom(Interface &interface, SidedOpInterface op) {
  auto &grid =
      interface.grids[interface.gridIndex(op.getInner().getGrid().getValue())];
  for (unsigned i = 0; i < grid.axes.size(); ++i) {
    auto [first, last] = op.getOperator().span(i);
    int64_t &least = grid.axes[i].minSize;
    least = std::max({least, -first, last});
    for (bool high : {false, true})
      least = std::max(
          least,
          meaningOf(ruleOf(op, i, high)).leastSize(reachBeyond(op, i, high)));
  }
}

/// Around circles, too, operators between lists reach no further than around.
static void requireRoom(Interface &interface, ConvolveOp op) {
  auto type = cast<FieldType>(op.getFields()[0].getType());
  auto &grid = interface.grids[interface.gridIndex(type.getGrid().getValue())];
  ChannelShape shape(op.getExtents(), op.getFirst());
  for (unsigned i = 0; i < grid.axes.size(); ++i)
    grid.axes[i].minSize =
        std::max({grid.axes[i].minSize, -shape.first[i], shape.last(i)});
}

int32_t lineIn(Operation &op, Operation *program) {
  auto place = op.getLoc()->findInstanceOf<FileLineColLoc>();
  auto script = program->getLoc()->findInstanceOf<FileLineColLoc>();
  bool isScript =
      place && script && place.getFilename() == script.getFilename();
  return isScript ? int32_t(place.getLine()) : 0;
}

static Interface::Port portOf(const Interface &interface, StringRef name,
                              FieldType type, bool hasDefault = false) {
  Interface::Port port{
      name.str(), interface.gridIndex(type.getGrid().getValue()), hasDefault};
  for (unsigned axis = 0; axis < type.getLow().size(); ++axis) {
    port.low[axis] = type.lowRows(axis);
    port.high[axis] = type.highRows(axis);
  }
  return port;
}

static Interface::Port numberPort(StringRef name) {
  return {name.str(), /*grid=*/-1};
}

/// The name of an output that is this field, or that the loop of one pass gives
/// in which the field is made; empty if there is none.
static std::string outputName(Value field) {
  for (OpOperand &use : field.getUses()) {
    if (auto output = dyn_cast<OutputOp>(use.getOwner()))
      return output.getName().str();
    auto choice = dyn_cast<StepsOp>(field.getDefiningOp()->getParentOp());
    if (choice && isa<YieldOp>(use.getOwner()))
      return outputName(choice.getResult(use.getOperandNumber()));
  }
  return "";
}

static void addEvolved(Interface &interface, Operation &evolution) {
  int64_t line = lineIn(evolution, evolution.getParentOfType<ProgramOp>());
  if (!line)
    return;
  for (auto [level, field] : llvm::enumerate(evolution.getResults()))
    if (auto type = dyn_cast<FieldType>(field.getType()))
      interface.evolved.push_back(
          {portOf(interface, outputName(field), type), line, int64_t(level)});
}

/// A record, when its name is met for the first time.
static void addRecord(Interface &interface, RecordOp op) {
  if (interface.recordIndex(op.getName()) >= 0)
    return;
  if (auto type = dyn_cast<FieldType>(op.getValues()[0].getType()))
    interface.records.push_back({portOf(interface, op.getName(), type), 0});
  else
    interface.records.push_back(
        {numberPort(op.getName()), int(op.getValues().size())});
}

/// Leaves out what is in one line, where nothing would tell it apart.
static void dropAmbiguous(std::vector<Interface::Evolved> &evolved) {
  std::map<std::pair<int64_t, int64_t>, int> counts;
  for (const Interface::Evolved &one : evolved)
    ++counts[{one.line, one.level}];
  llvm::erase_if(evolved, [&](const Interface::Evolved &one) {
    return counts[{one.line, one.level}] > 1;
  });
}

Interface collectInterface(ModuleOp module) {
  Interface interface;
  for (auto grid : module.getOps<GridOp>()) {
    interface.grids.push_back(describe(grid));
    if (grid.getParent())
      interface.grids.back().parent = interface.gridIndex(*grid.getParent());
  }
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    for (Type type : op->getResultTypes())
      if (auto field = dyn_cast<FieldType>(type))
        interface.isF32 = field.getElement().isF32();
    if (auto program = dyn_cast<ProgramOp>(op))
      interface.name = program.getSymName().str();
    if (auto param = dyn_cast<ParamOp>(op))
      interface.params.push_back(describe(param));
    if (auto input = dyn_cast<InputOp>(op)) {
      interface.inputs.push_back(portOf(interface, input.getName(),
                                        input.getField().getType(),
                                        bool(input.getInitial())));
      interface.inputs.back().entries = intervalOf(input);
    }
    if (auto output = dyn_cast<OutputOp>(op)) {
      FieldType type = output.getField().getType();
      interface.outputs.push_back(portOf(interface, output.getName(), type));
    }
    if (auto number = dyn_cast<NumberOp>(op))
      interface.outputs.push_back(numberPort(number.getName()));
    if (auto record = dyn_cast<RecordOp>(op))
      addRecord(interface, record);
    if (auto steps = dyn_cast<StepsOp>(op); steps && steps.getEvolution())
      addEvolved(interface, *op);
    if (auto fixpoint = dyn_cast<FixpointOp>(op)) {
      if (fixpoint.getMeasure() == "evolution")
        addEvolved(interface, *op);
      size_t number = fixpoint.getLoop();
      if (interface.loops.size() <= number)
        interface.loops.resize(number + 1);
      interface.loops[number] = {fixpoint.getWhat().str(),
                                 fixpoint.getMeasure().str(),
                                 int64_t(fixpoint.getLine())};
    }
    if (auto sided = dyn_cast<SidedOpInterface>(op))
      requireRoom(interface, sided);
    if (auto convolve = dyn_cast<ConvolveOp>(op))
      requireRoom(interface, convolve);
  });
  dropAmbiguous(interface.evolved);
  return interface;
}

} // namespace pdec::pde
