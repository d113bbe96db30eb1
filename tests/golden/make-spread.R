#!/usr/bin/env Rscript
# make-spread.R - writes spread.h: numbers and what R's own functions make of them
#
# Usage: ./make-spread.R > spread.h
# Needs R, without packages. Nothing here shares code with src/study.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# As few digits as read back the same
digits <- function (values)
{
  text <- rep ("NAN", length (values))
  known <- !is.na (values)
  short <- sprintf ("%.15g", values[known])
  text[known] <- ifelse (as.numeric (short) == values[known], short, sprintf ("%.17g", values[known]))
  text
}

emit <- function (name, values)
  cat (sprintf ("static const double %s[] = {\n", name),
       paste0 (strwrap (paste (digits (values), collapse = ", "), width = 118, prefix = "  "), "\n"), "};\n\n", sep = "")

one <- function (name, value)
  cat (sprintf ("#define %s %s\n", name, digits (value)))

set.seed (20240518)

# Cleveland's lowess(): a curve with ties and outliers; a long flat tail; all at two places
cat ("/* spread.h - written by make-spread.R: don't edit\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n#pragma once\n\n#include <math.h>\n\n")
x <- sort (round (runif (90, 0, 20), 1))
y <- sin (x / 3) + rnorm (90, 0, 0.2) + ifelse (seq_along (x) %% 17 == 0, 4, 0)
emit ("golden_curve_x", x)
emit ("golden_curve_y", y)
emit ("golden_curve_default", lowess (x, y)$y)
emit ("golden_curve_narrow", lowess (x, y, f = 0.2, iter = 3, delta = 0)$y)
emit ("golden_curve_plain", lowess (x, y, f = 0.5, iter = 0, delta = 0)$y)
emit ("golden_curve_coarse", lowess (x, y, f = 0.4, iter = 2, delta = 3)$y)
x <- sort (exp (rnorm (300, 12, 0.6)))
y <- 0.1 * log (x) + rt (300, 3) * 0.1
emit ("golden_tail_x", x)
emit ("golden_tail_y", y)
emit ("golden_tail_default", lowess (x, y)$y)
emit ("golden_tail_narrow", lowess (x, y, f = 0.3)$y)
x <- rep (c (1, 4, 9), c (12, 3, 9))
y <- rnorm (24)
emit ("golden_places_x", x)
emit ("golden_places_y", y)
emit ("golden_places_default", lowess (x, y)$y)
emit ("golden_places_narrow", lowess (x, y, f = 0.25)$y)

# Residuals as they are: heavy tails, a few equal values
v <- round (rt (257, 3) * 0.12 + 0.01, 4)
emit ("golden_values", v)
one ("GOLDEN_BANDWIDTH", bw.nrd0 (v))
at <- seq (-1, 1, length.out = 41)
emit ("golden_density", sapply (at, function (a) mean (dnorm (a, v, bw.nrd0 (v)))))
emit ("golden_density_wide", sapply (at, function (a) mean (dnorm (a, v, 0.3))))
one ("GOLDEN_BANDWIDTH_FLAT", bw.nrd0 (c (1, rep (3, 20), 9)))
one ("GOLDEN_BANDWIDTH_EQUAL", bw.nrd0 (rep (7, 5)))
one ("GOLDEN_BANDWIDTH_ZERO", bw.nrd0 (rep (0, 5)))

# Freedman and Diaconis: R counts classes, from the same width
one ("GOLDEN_FD_WIDTH", 2 * IQR (v) * length (v)^(-1 / 3))
breaks <- seq (floor (min (v) / 0.05), floor (max (v) / 0.05) + 1) * 0.05
h <- hist (v + 1e-9, breaks = breaks, right = FALSE, plot = FALSE)
emit ("golden_histogram", h$counts)

box <- boxplot.stats (v)
emit ("golden_box", c (box$stats, box$conf))
emit ("golden_box_out", sort (box$out))
emit ("golden_box_small", boxplot.stats (c (5, 1, 9, 2, 30))$stats)

# Normal quantiles, the line of qqline(), Beta quantiles of the order statistics
n <- length (v)
z <- qnorm (ppoints (n))
emit ("golden_theoretical", z)
slope <- diff (quantile (v, c (.25, .75))) / diff (qnorm (c (.25, .75)))
intercept <- quantile (v, .25) - slope * qnorm (.25)
one ("GOLDEN_SLOPE", slope)
one ("GOLDEN_INTERCEPT", intercept)
i <- seq_len (n)
low <- intercept + slope * qnorm (qbeta (0.025, i, n + 1 - i))
high <- intercept + slope * qnorm (qbeta (0.975, i, n + 1 - i))
emit ("golden_band_low", low)
emit ("golden_band_high", high)
one ("GOLDEN_WITHIN", mean (sort (v) >= low & sort (v) <= high))
emit ("golden_theoretical_few", qnorm (ppoints (7)))

cases <- rbind (c (0.025, 1, 25000), c (0.975, 1, 25000), c (0.025, 25000, 1), c (0.5, 12500, 12501), c (1e-10, 3, 4),
                c (0.3, 0.2, 0.7), c (0.999, 200, 3), c (1e-300, 2, 2), c (0.9, 0.5, 300))
cat ("static const double golden_beta[][4] = {\n")
for (r in seq_len (nrow (cases)))
  cat (sprintf ("  { %s },\n", paste (digits (c (cases[r, ], qbeta (cases[r, 1], cases[r, 2], cases[r, 3]))),
                                     collapse = ", ")))
cat ("};\n\n")

cat ("static const double golden_wilson[][5] = {\n")
for (case in list (c (0, 20, 0.95), c (20, 20, 0.95), c (1, 3, 0.9), c (1754, 2930, 0.95), c (13, 40, 0.99)))
  {
    ci <- prop.test (case[1], case[2], conf.level = case[3], correct = FALSE)$conf.int
    cat (sprintf ("  { %s },\n", paste (digits (c (case, ci)), collapse = ", ")))
  }
cat ("};\n\n")

a <- round (rnorm (60), 1)
b <- round (a^3 + rnorm (60), 1)
a[c (4, 9)] <- NA
b[c (9, 31)] <- NA
emit ("golden_pair_a", a)
emit ("golden_pair_b", b)
one ("GOLDEN_PEARSON", cor (a, b, use = "complete.obs"))
one ("GOLDEN_SPEARMAN", cor (a, b, use = "complete.obs", method = "spearman"))
