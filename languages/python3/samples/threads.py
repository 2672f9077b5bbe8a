from concurrent.futures import ThreadPoolExecutor


def total(first):
    return sum(range(first, first + 25))


with ThreadPoolExecutor(max_workers=4) as pool:
    print(sum(pool.map(total, [1, 26, 51, 76])))
