#!/bin/sh
# Draws the README's charts of the shipped sales: data/pictures/make-charts.sh PROGRAM
# With the versions that "PROGRAM train data/house_data.csv" makes.
set -eu
cd "$(dirname "$0")"
draw() {
  file=$1
  shift
  "$program" plot "$@" --size 800x500 -o "$file"
}
program=$1
draw chart-residuals.svg residuals-fitted 3
draw chart-ratios.svg ratio-decile 1 3
draw chart-dependence.svg dependence-sqft 3
draw chart-map.svg map 3
