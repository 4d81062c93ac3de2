// The known data sets. Checksums: MNIST's are those of the original release (LeCun, Cortes, Burges;
// its published MD5 of the training images is f68b3c2dcbeaaa9fbdd348bbdeb94873); Fashion-MNIST's
// and CIFAR-10's are those that TensorFlow Datasets records for the publishers' own files.
#include "data/catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "data/error.hpp"

namespace data {
namespace {

KnownSet mnist() {
  return {"mnist",
          "MNIST",
          "handwritten digits, 60000 images of 28 x 28 grey pixels in 10 classes",
          {{"train-images-idx3-ubyte.gz",
            9912422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            {60000, 28, 28}},
           {"train-labels-idx1-ubyte.gz",
            28881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            {60000}}},
          {"https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"},
          {"mnist", "MNIST/raw", ""}};
}

KnownSet fashion_mnist() {
  return {"fashion-mnist",
          "Fashion-MNIST",
          "articles of clothing, 60000 images of 28 x 28 grey pixels in 10 classes",
          {{"train-images-idx3-ubyte.gz",
            26421880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "",
            {60000, 28, 28}},
           {"train-labels-idx1-ubyte.gz",
            29515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "",
            {60000}}},
          {"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
           "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"},
          {"fashion-mnist", "FashionMNIST/raw", ""}};
}

KnownSet cifar_10() {
  return {"cifar-10",
          "CIFAR-10",
          "photographs of animals and vehicles, 50000 images of 32 x 32 pixels in 3 colours, in 10 "
          "classes",
          {{"cifar-10-binary.tar.gz",
            170052171,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            "",
            {}}},
          {"https://www.cs.toronto.edu/~kriz/"},
          {"cifar-10", "cifar-10/cifar-10-batches-bin", "cifar-10-batches-bin", ""}};
}

KnownSet digits_set() {
  return {"digits",
          "generated digits",
          "handwriting-like digits, built in, 12000 images of 28 x 28 grey pixels in 10 classes",
          {},
          {},
          {}};
}

}  // namespace

const std::vector<KnownSet>& catalogue() {
  static const std::vector<KnownSet> sets{mnist(), fashion_mnist(), cifar_10(), digits_set()};
  return sets;
}

const KnownSet& known_set(std::string_view name) {
  const auto found =
      std::find_if(catalogue().begin(), catalogue().end(), [&](const KnownSet& set) { return set.name == name; });
  if (found != catalogue().end()) return *found;
  std::vector<std::string> names;
  for (const KnownSet& set : catalogue()) names.push_back(set.name);
  throw DataError(Fault::missing, {},
                  fmt::format("unknown data set '{}'; the known ones are {}", name, fmt::join(names, ", ")));
}

}  // namespace data
