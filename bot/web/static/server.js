// What scripts ask the server for: parts of pages, to be put into the one that is there.
export const part = async (address, options = {}) => {
  const response = await fetch(address, { ...options, headers: { Fragment: "1" } });
  // Somebody has logged out meanwhile: now everything leads to the login.
  if (response.status === 401) location.reload();
  return response;
};
