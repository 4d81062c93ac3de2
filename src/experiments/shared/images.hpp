// Images as experiments have them: the data set as a parameter, and examples drawn from it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "data/catalogue.hpp"
#include "data/dataset.hpp"
#include "experiment/parameters.hpp"
#include "experiment/run.hpp"
#include "numerics/linear/matrix.hpp"
#include "numerics/linear/permutation.hpp"
#include "numerics/random.hpp"
#include "numerics/theory/gradient_theory.hpp"

namespace experiments {

/// Parameters that begin with the data set; the engine puts in the name of the one that is really used and loads it.
/// Where an experiment can do without, it says what it has `otherwise`, which is the default whatever the report's is.
template <class P>
Parameters<P> with_images(std::string P::*field, const std::string& otherwise = "") {
  std::vector<std::string> names{"auto"};
  if (!otherwise.empty()) names.insert(names.begin(), "none");
  for (const data::KnownSet& set : data::catalogue()) names.push_back(set.name);
  const std::string meaning = "images that the networks see; auto is MNIST when at hand, else digits";
  return Parameters<P>{}.choice("dataset", field, std::move(names),
                                otherwise.empty() ? meaning : meaning + "; none is " + otherwise, types::dataset);
}

/// The sizes of a network that sees these images.
inline std::vector<int> layer_sizes(const data::Dataset& images, int width, int depth) {
  return numerics::layer_sizes(static_cast<int>(images.images.rows()), width, depth, images.classes);
}

/// The images and labels of one seed: the same for all networks, so that they are compared on equal terms.
struct Sample {
  numerics::Matrix<double> images;
  std::vector<std::uint8_t> labels;
};

/// Draws so many examples without replacement; all there are when the data set has no more.
inline Sample draw_sample(const data::Dataset& dataset, int batch, const numerics::RandomStream& random) {
  std::vector<std::uint32_t> order(dataset.labels.size());
  std::iota(order.begin(), order.end(), 0u);
  auto engine = random.engine();
  numerics::shuffle(order, engine);
  order.resize(std::min(order.size(), static_cast<std::size_t>(batch)));
  Sample sample{numerics::Matrix<double>(dataset.images.rows(), order.size()), {}};
  for (std::size_t i = 0; i < order.size(); ++i) {
    sample.images.col(static_cast<Eigen::Index>(i)) = dataset.images.col(order[i]).cast<double>();
    sample.labels.push_back(dataset.labels[order[i]]);
  }
  return sample;
}

/// A sample of each seed.
inline std::vector<Sample> draw_samples(const Run& run, int batch, int seeds) {
  std::vector<Sample> samples;
  for (int seed = 0; seed < seeds; ++seed)
    samples.push_back(draw_sample(*run.dataset, batch, run.random.child("images", seed)));
  return samples;
}

/// Moments of the images, averaged over the seeds' samples.
inline numerics::PairMoments mean_moments(const std::vector<Sample>& samples) {
  numerics::PairMoments mean;
  for (const Sample& sample : samples) {
    const auto moments = numerics::pair_moments(sample.images);
    mean.self += moments.self / static_cast<double>(samples.size());
    mean.pair += moments.pair / static_cast<double>(samples.size());
  }
  return mean;
}

}  // namespace experiments
