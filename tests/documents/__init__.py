"""Documents written for this project, each as text and, beside it, what it says.

The expected JSON is what `tocovid directive read --json` prints, but for the words of tasks and of what stands below
them: they are given by how they begin.
"""
