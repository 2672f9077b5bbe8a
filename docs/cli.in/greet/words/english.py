GREETING = "Good day!"
