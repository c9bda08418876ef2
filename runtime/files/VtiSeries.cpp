//===- VtiSeries.cpp - snapshots as files of ParaView ---------------------===//

#include "runtime/files/VtiSeries.h"
#include "runtime/files/Vti.h"
#include "runtime/files/Xml.h"
#include "runtime/system/Text.h"

using namespace pdert;

VtiSeries::VtiSeries(AtomicFile &file, const std::string &path, Open open)
    : file(file), stem(path.substr(0, path.rfind('.'))), open(std::move(open)) {
  if (!file.isRegular())
    fail("snapshots are files of their own beside it, so that it needs a "
         "folder");
  write("<?xml version=\"1.0\"?>\n"
        "<VTKFile type=\"Collection\" version=\"1.0\" "
        "byte_order=\"LittleEndian\">\n<Collection>\n");
}

void VtiSeries::write(const std::string &text) {
  file.write(text.data(), text.size());
}

void VtiSeries::add(int64_t step, const Field &entry) {
  // As many digits as sort by name in any run that ends.
  std::string path = stem + format("_%08lld.vti", static_cast<long long>(step));
  AtomicFile &snapshot = open(path);
  writeVti(snapshot, entry);
  snapshot.close();
  size_t folder = path.rfind('/');
  std::string name =
      folder == std::string::npos ? path : path.substr(folder + 1);
  write(format("<DataSet timestep=\"%lld\" file=\"%s\"/>\n",
               static_cast<long long>(step), xmlText(name).c_str()));
}

void VtiSeries::finish() { write("</Collection>\n</VTKFile>\n"); }
