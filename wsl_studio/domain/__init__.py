"""The words of WSL Studio as frozen values, and the pure functions over them."""
