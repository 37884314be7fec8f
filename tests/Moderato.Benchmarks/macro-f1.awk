# Lines of a guessed and an actual label to the F1 averaged over the actual labels.
{ guessed[$1]++; actual[$2]++; if ($1 == $2) both[$1]++ }
END { for (label in actual) { sum += 2 * both[label] / (guessed[label] + actual[label]); n++ } printf "%.4f\n", sum / n }
