//===- LibraryHeader.cpp - the C header of a shared library ---------------===//
//
// The header stands alone: a host needs nothing else of pdec. It is C99 and
// C++14, compiled without warnings by -Wall -Wextra -pedantic. What users call
// are inline functions, which turn one argument for each thing of the script
// into the arrays of pde_call; behind them is only NAME_execute, whose type
// does not depend on the script. Several headers, and pde_runtime.h, may be
// included together: they share the guard of the declarations that are the same
// in all.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/LibraryHeader.h"
#include "runtime/pde_runtime.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using pdec::pde::Interface;

namespace pdec::driver {

/// A script's name as a C and C++ identifier: keywords get an underscore.
static std::string cName(const std::string &name) {
  static const StringSet<> keywords = {
      "alignas",     "alignof",      "and",          "asm",
      "auto",        "bool",         "break",        "case",
      "catch",       "char",         "class",        "compl",
      "concept",     "const",        "constexpr",    "continue",
      "decltype",    "default",      "delete",       "do",
      "double",      "else",         "enum",         "explicit",
      "export",      "extern",       "false",        "float",
      "for",         "friend",       "goto",         "if",
      "inline",      "int",          "long",         "mutable",
      "namespace",   "new",          "noexcept",     "not",
      "nullptr",     "operator",     "or",           "private",
      "protected",   "public",       "register",     "reinterpret_cast",
      "requires",    "restrict",     "return",       "short",
      "signed",      "sizeof",       "static",       "static_assert",
      "static_cast", "struct",       "switch",       "template",
      "this",        "thread_local", "throw",        "true",
      "try",         "typedef",      "typeid",       "typename",
      "union",       "unsigned",     "using",        "virtual",
      "void",        "volatile",     "wchar_t",      "while",
      "xor",         "int64_t",      "size_t",       "NULL",
      "bitand",      "bitor",        "and_eq",       "or_eq",
      "xor_eq",      "not_eq",       "char8_t",      "char16_t",
      "char32_t",    "const_cast",   "dynamic_cast", "co_await",
      "co_return",   "co_yield",     "consteval",    "constinit"};
  return keywords.count(name) ? name + "_" : name;
}

/// Parameters as a structure, with a function that gives the defaults.
static void writeParams(raw_ostream &out, const Interface &interface) {
  const std::string &name = interface.name;
  out << "/* Parameters, in the order of the script. */\n"
      << "typedef struct " << name << "_params {\n";
  for (const Interface::Param &param : interface.params)
    out << (param.isInt ? "  int64_t " : "  double ") << cName(param.name)
        << ";\n";
  // C has no empty structures.
  if (interface.params.empty())
    out << "  char none;\n";
  out << "} " << name << "_params;\n\n"
      << "static inline " << name << "_params " << name
      << "_defaults(void) {\n  " << name << "_params params;\n";
  for (const Interface::Param &param : interface.params)
    if (param.isInt)
      out << "  params." << cName(param.name) << " = " << param.integer
          << ";\n";
    else
      out << "  params." << cName(param.name) << " = "
          << formatv("{0:e17}", param.real) << ";\n";
  if (interface.params.empty())
    out << "  params.none = 0;\n";
  out << "  return params;\n}\n\n";
}

/// What NAME_execute takes, as in runtime/pde_runtime.h.
static const char *const callDeclarations = R"(
typedef union pde_value {
  double real;
  int64_t integer;
} pde_value;

/* How far a run is: after a time step, or after a pass of a loop that ends by a
   condition: loop is the number of the loop, or -1 for time steps. While one
   takes long, the last moment comes again and again, at first one of no steps. */
typedef struct pde_moment {
  int32_t loop;
  int64_t done;
  int64_t total; /* steps; 0 for passes */
  double measure, bound; /* of a pass: it goes on until measure < bound */
} pde_moment;

/* Called by the thread that made the call; not 0 ends the run. */
typedef int (*pde_monitor)(void *closure, const pde_moment *moment);

/* Called by that thread, too: after that many steps, data is a field or the
   numbers of a record, to be read before it returns. */
typedef void (*pde_recorder)(void *closure, int32_t record, int64_t step,
                             const void *data);

/* Called by that thread, too: the state of the run after a step, to be copied
   or written before it returns. */
typedef void (*pde_saver)(void *closure, const void *state, size_t size);

/* What is null or 0 is not given. */
typedef struct pde_call {
  size_t size; /* sizeof(pde_call) */
  const pde_value *params;
  const int64_t *sizes;
  const void *const *inputs;
  void *const *outputs;
  int threads;
  pde_monitor monitor;
  pde_recorder recorder;
  void *closure; /* of monitor, recorder and saver */
  double (*axes)[2]; /* room for three pairs a grid: first place, spacing */
  double interval; /* seconds between two calls of monitor at least, or 0 */
  const void *state; /* that a saver was given, to go on from there */
  size_t state_size;
  pde_saver saver; /* after each save_every steps, and when evolutions end */
  int64_t save_every;
} pde_call;

/* PDE_ABI_VERSION of the library. */
int pde_abi_version(void);
)";

/// The axes whose sizes the user gives: the runtime computes those of grids
/// that coarsen others, and knows those of arrays.
static ArrayRef<Interface::Axis> userAxes(const Interface::Grid &grid) {
  bool isGiven = grid.parent < 0 && !grid.isArray();
  return isGiven ? ArrayRef(grid.axes) : ArrayRef<Interface::Axis>();
}

/// Tells how many elements a field with rows beyond its grid has: "in_v has".
static void writeExtent(raw_ostream &out, const Interface &interface,
                        const Interface::Port &port, const Twine &has) {
  if (port.isNumber())
    return;
  const Interface::Grid &grid = interface.grids[port.grid];
  std::vector<std::string> extents;
  bool hasRows = grid.isArray();
  for (int64_t extent : grid.extents)
    extents.push_back(std::to_string(extent));
  for (auto [axis, info] : enumerate(userAxes(grid))) {
    std::string size = "size_" + grid.name + "_" + info.name;
    int64_t rows = port.rows(axis);
    hasRows |= rows != 0;
    extents.push_back(rows ? "(" + size + " + " + std::to_string(rows) + ")"
                           : size);
  }
  if (hasRows)
    out << "\n   " << has << "\n   " << join(extents, " * ") << " elements.";
}

static void writeExtents(raw_ostream &out, const Interface &interface) {
  for (const Interface::Port &port : interface.inputs)
    writeExtent(out, interface, port, "in_" + port.name + " has");
  for (const Interface::Port &port : interface.outputs)
    writeExtent(out, interface, port, "out_" + port.name + " has room for");
}

/// Sizes, fields and the rest of the parameters of NAME_watch and NAME_run.
static void writeFormals(raw_ostream &out, const Interface &interface) {
  const char *element = interface.isF32 ? "float" : "double";
  for (const Interface::Grid &grid : interface.grids)
    for (const Interface::Axis &axis : userAxes(grid))
      out << ",\n    int64_t size_" << grid.name << "_" << axis.name;
  for (const Interface::Port &port : interface.inputs)
    out << ",\n    const " << element << " *in_" << port.name;
  for (const Interface::Port &port : interface.outputs)
    out << ",\n    " << (port.isNumber() ? "double" : element) << " *out_"
        << port.name;
  out << ",\n    int threads, char *message, size_t length)";
}

static void writeRun(raw_ostream &out, const Interface &interface) {
  const std::string &name = interface.name;
  out << "/* Runs the program. Sizes count cells; fields are dense. A null "
         "input"
         "\n   asks for the script's default. Returns 0, or 1 with a sentence "
         "in"
         "\n   message, or 2 if the monitor ended the run. A null monitor is "
         "none."
         "\n   threads 0: as many as the machine has.";
  writeExtents(out, interface);
  out << " */\n"
      << "static inline int " << name << "_watch(pde_monitor monitor, void "
      << "*closure,\n    const " << name << "_params *params";
  writeFormals(out, interface);
  out << " {\n";
  // One more entry than there may be: C has no arrays of no elements, either.
  out << "  pde_value values[" << interface.params.size() + 1 << "];\n";
  for (auto [i, param] : enumerate(interface.params))
    out << "  values[" << i << "]." << (param.isInt ? "integer" : "real")
        << " = params->" << cName(param.name) << ";\n";
  // Three sizes a grid, 0 for what the user does not give.
  out << "  int64_t sizes[] = {";
  for (const Interface::Grid &grid : interface.grids)
    for (size_t axis = 0; axis < 3; ++axis)
      if (axis < userAxes(grid).size())
        out << "size_" << grid.name << "_" << grid.axes[axis].name << ", ";
      else
        out << "0, ";
  out << "0};\n  const void *inputs[] = {";
  for (const Interface::Port &port : interface.inputs)
    out << "in_" << port.name << ", ";
  out << "0};\n  void *outputs[] = {";
  for (const Interface::Port &port : interface.outputs)
    out << "out_" << port.name << ", ";
  out << "0};\n  pde_call call;\n  call.size = sizeof call;\n"
      << "  call.params = values;\n  call.sizes = sizes;\n"
      << "  call.inputs = inputs;\n  call.outputs = outputs;\n"
      << "  call.threads = threads;\n  call.monitor = monitor;\n"
      << "  call.recorder = 0;\n"
      << "  call.closure = closure;\n  call.axes = 0;\n"
      << "  call.interval = 0;\n"
      << "  call.state = 0;\n  call.state_size = 0;\n"
      << "  call.saver = 0;\n  call.save_every = 0;\n";
  if (interface.params.empty())
    out << "  (void)params;\n  (void)values;\n";
  out << "  return " << name << "_execute(&call, message, length);\n}\n\n";
}

/// The same without a monitor.
static void writePlainRun(raw_ostream &out, const Interface &interface) {
  const std::string &name = interface.name;
  out << "/* The same without a monitor. */\nstatic inline int " << name
      << "_run(const " << name << "_params *params";
  writeFormals(out, interface);
  out << " {\n  return " << name << "_watch(0, 0, params";
  for (const Interface::Grid &grid : interface.grids)
    for (const Interface::Axis &axis : userAxes(grid))
      out << ", size_" << grid.name << "_" << axis.name;
  for (const Interface::Port &port : interface.inputs)
    out << ", in_" << port.name;
  for (const Interface::Port &port : interface.outputs)
    out << ", out_" << port.name;
  out << ",\n    threads, message, length);\n}\n\n";
}

std::string libraryHeader(const Interface &interface) {
  std::string text, guard = StringRef(interface.name).upper() + "_PDE_H";
  raw_string_ostream out(text);
  out << "/* The interface of " << interface.name << ", made by pdec. */\n\n"
      << "#ifndef " << guard << "\n#define " << guard << "\n\n"
      << "#include <stddef.h>\n#include <stdint.h>\n\n"
      << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n"
      << "#ifndef PDE_RUNTIME_H\n#define PDE_RUNTIME_H\n"
      << "\n#define PDE_ABI_VERSION " << PDE_ABI_VERSION << "\n"
      << callDeclarations << "\n#endif\n\n"
      << "int " << interface.name
      << "_execute(const pde_call *call, char *message, size_t length);\n\n"
      << "/* What is proved of its steps with the default parameters, as text. "
         "*/\nconst char *"
      << interface.name << "_certificate(void);\n\n";
  writeParams(out, interface);
  writeRun(out, interface);
  writePlainRun(out, interface);
  out << "#ifdef __cplusplus\n}\n#endif\n\n#endif\n";
  return text;
}

} // namespace pdec::driver
