"""Cover: why a person holds a shift, who else could, what that changes, and the words to ask with."""
