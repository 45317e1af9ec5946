# Forgets which kernels were launched. -DLAUNCHED=folder
file(REMOVE_RECURSE ${LAUNCHED})
file(MAKE_DIRECTORY ${LAUNCHED})
