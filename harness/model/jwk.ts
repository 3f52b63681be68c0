/** Members of a JWK that only its owner may see (RFC 7518 section 6). */
export const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;
