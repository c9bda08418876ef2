//===- Manual.cpp - the page of `man pdec` --------------------------------===//

#include "compiler/driver/Manual.h"
#include "compiler/driver/OptionTable.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace pdec::driver {

/// Text as roff reads it: minus signs are themselves, and a line does not begin
/// with what would be a request.
static std::string roff(StringRef text) {
  std::string result;
  for (char character : text)
    if (character == '-' || character == '\\')
      result += character == '-' ? "\\-" : "\\e";
    else
      result += character;
  if (text.starts_with(".") || text.starts_with("'"))
    result.insert(0, "\\&");
  return result;
}

static const char *const intro = R"(.SH DESCRIPTION
A .pde script says how a partial differential equation is discretised and solved.
.B pdec
compiles it to a fast numerical kernel, or to the neural network that the same
scheme is. Both compute the same function, to the last bit.
.PP
A module in the pde dialect, as
.B \-\-emit pde
prints it, can stand in place of the script.
)";

static const char *const ending = R"(.SH EXIT STATUS
.TP
0
done
.TP
1
an error in the script, in data or in writing a file, or a run that failed
.TP
2
wrong usage
.TP
70
a bug of pdec
.SH EXAMPLES
.nf
pdec heat.pde \-o heat
\&./heat \-\-set tau=0.2 \-\-output u=u.npy \-\-plot heat.svg
pdec run heat.pde \-\-as network
pdec verify heat.pde
.fi
.SH SEE ALSO
The pages in /usr/share/doc/pdec/docs: language.md, compiling.md, running.md,
python.md, certificates.md.
)";

static void writeSynopsis(raw_ostream &out, ArrayRef<CommandEntry> table) {
  out << ".SH SYNOPSIS\n";
  for (const CommandEntry &command : table) {
    out << (&command == table.begin() ? "" : ".br\n") << ".B pdec"
        << (command.name.empty() ? "" : " ") << command.name << '\n'
        << "[\\fIOPTIONS\\fR]";
    if (!command.operand.empty())
      out << " \\fI" << command.operand << "\\fR";
    out << '\n';
  }
}

static void writeOption(raw_ostream &out, const OptionEntry &option) {
  std::vector<std::string> names;
  for (const std::string &name : option.names)
    names.push_back("\\fB" + roff(name) + "\\fR");
  out << ".TP\n" << join(names, ", ");
  if (!option.argument.empty())
    out << " \\fI" << roff(option.argument) << "\\fR";
  out << '\n' << roff(option.text) << '\n';
}

std::string manual(const std::string &version) {
  std::string text;
  raw_string_ostream out(text);
  std::vector<CommandEntry> table = commandTable();
  out << ".\\\" Made by 'pdec manual'.\n.TH PDEC 1 \"\" \"pdec " << version
      << "\"\n.SH NAME\npdec \\- compile schemes for partial differential "
      << "equations\n";
  writeSynopsis(out, table);
  out << intro << ".SH OPTIONS\n";
  for (const OptionEntry &option : table.front().options)
    writeOption(out, option);
  out << ".SH COMMANDS\n";
  for (const CommandEntry &command : drop_begin(table)) {
    out << ".SS " << command.name << '\n' << roff(command.text) << '\n';
    for (const OptionEntry &option : command.options)
      writeOption(out, option);
  }
  out << ending;
  return text;
}

} // namespace pdec::driver
