// == algorithms
#include <bits/stdc++.h>
using namespace std;
int main(){ vector<int> v(10); iota(v.begin(),v.end(),0); rotate(v.begin(),v.begin()+3,v.end()); partition(v.begin(),v.end(),[](int i){return i%2;}); stable_sort(v.begin(),v.end()); next_permutation(v.begin(),v.end()); nth_element(v.begin(),v.begin()+4,v.end()); cout<<v[4]<<binary_search(v.begin(),v.end(),3)<<*max_element(v.begin(),v.end())<<inner_product(v.begin(),v.end(),v.begin(),0)<<reduce(v.begin(),v.end()); vector<int> o; set_intersection(v.begin(),v.end(),v.begin(),v.end(),back_inserter(o)); partial_sum(v.begin(),v.end(),ostream_iterator<int>(cout," ")); sort(v.rbegin(),v.rend()); copy(v.begin(),v.end(),ostream_iterator<int>(cout,",")); cout<<equal(v.begin(),v.end(),o.begin())<<clamp(5,1,3)<<exchange(v[0],9)<<lexicographical_compare(v.begin(),v.end(),o.begin(),o.end()); sample(v.begin(),v.end(),back_inserter(o),2,mt19937{}); make_heap(v.begin(),v.end()); cout<<is_heap(v.begin(),v.end())<<v.front(); }
// == time
#include <bits/stdc++.h>
using namespace std;
using namespace chrono; int main(){ auto d=2020y/February/29; cout<<int(d.year())<<unsigned(d.day())<<d.ok(); cout<<duration_cast<minutes>(3h).count(); auto t=steady_clock::now(); cout<<((steady_clock::now()-t)>=0ns); sys_days s=d; cout<<weekday(s).c_encoding(); cout<<floor<days>(sys_seconds{100000s}).time_since_epoch().count(); time_t tt=0; cout<<put_time(gmtime(&tt),"%F"); }
// == containers
#include <bits/stdc++.h>
using namespace std;
int main(){ deque<int> d{1,2}; d.push_front(0); list<int> l{3,1,2}; l.sort(); l.unique(); forward_list<int> f{1,2}; f.reverse(); set<int,greater<>> s{1,2,3}; multimap<int,int> mm{{1,2},{1,3}}; priority_queue<int> q; q.push(3); q.push(5); stack<int> st; st.push(1); array<int,3> a{1,2,3}; unordered_set<string> us{"a","b"}; for(auto x:d)cout<<x; for(auto x:l)cout<<x; for(auto x:f)cout<<x; for(auto x:s)cout<<x; cout<<mm.count(1)<<q.top()<<st.top()<<a.size()<<us.count("a"); vector<bool> vb(3,true); vb.flip(); cout<<vb[0]; map<string,int> m; m.try_emplace("a",1); m.insert_or_assign("a",2); auto n=m.extract("a"); n.key()="b"; m.insert(move(n)); cout<<m.at("b"); try{ m.at("zz"); }catch(out_of_range&e){ cout<<e.what(); } try { vector<int>().at(3);}catch(exception&e){cout<<e.what();} pmr::monotonic_buffer_resource r; pmr::vector<int> pv(&r); pv.push_back(1); cout<<pv[0]; erase_if(us,[](auto&x){return x=="a";}); cout<<us.size(); }
// == coroutines
#include <bits/stdc++.h>
using namespace std;
template<class T> struct Gen{ struct promise_type{ T v; Gen get_return_object(){return {coroutine_handle<promise_type>::from_promise(*this)};} suspend_always initial_suspend(){return{};} suspend_always final_suspend()noexcept{return{};} suspend_always yield_value(T x){v=x;return{};} void return_void(){} void unhandled_exception(){terminate();} }; coroutine_handle<promise_type> h; ~Gen(){h.destroy();} };
Gen<int> g(){ for(int i=0;i<3;i++) co_yield i; }
int main(){ auto x=g(); while(x.h.resume(),!x.h.done()) cout<<x.h.promise().v; auto c=1<=>2; cout<<(c<0); source_location l=source_location::current(); cout<<l.line(); }
// == files
#include <bits/stdc++.h>
using namespace std;
namespace fs=filesystem; int main(){ fs::create_directories("d/e"); ofstream("d/e/f")<<"x"; for(auto&p:fs::recursive_directory_iterator("d")) cout<<p.path()<<" "<<p.is_directory()<<"\n"; cout<<fs::path("a/b.c").extension()<<fs::file_size("d/e/f"); fs::remove_all("d"); try{ fs::file_size("none"); }catch(const fs::filesystem_error&e){ cout<<e.code().message(); } }
// == streams
#include <bits/stdc++.h>
using namespace std;
int main(){ ios::sync_with_stdio(false); cin.tie(nullptr); int n; long long s=0; while(cin>>n) s+=n; cout<<s<<"\n"<<flush; cerr<<"err"; printf("%d\n",5); ofstream f("t.txt"); f<<"a b\n"; f.close(); ifstream i("t.txt"); string a,b; i>>a>>b; cout<<a<<b<<i.eof(); stringbuf sb; ostream os(&sb); os<<1.5f<<'c'<<(void*)nullptr; cout<<sb.str(); osyncstream(cout)<<"sync"; remove("t.txt"); cout.exceptions(ios::failbit); try{ cout.setstate(ios::failbit);}catch(ios::failure&e){ cerr<<"fail"; } }
// == pointers, functions and exceptions
#include <bits/stdc++.h>
using namespace std;
struct B{ virtual ~B(){cout<<"~B";} virtual void f(){cout<<"B";} }; struct D:B,enable_shared_from_this<D>{ void f()override{cout<<"D";} ~D(){cout<<"~D";} };
int main(){ unique_ptr<B> u=make_unique<D>(); u->f(); shared_ptr<D> s=make_shared<D>(); weak_ptr<D> w=s; cout<<s.use_count()<<w.expired(); auto p=dynamic_pointer_cast<B>(static_pointer_cast<B>(s)); s.reset(); cout<<p.use_count(); function<int(int)> f=[k=3](int x){return x*k;}; cout<<f(4); auto b=bind(plus<>(),placeholders::_1,10); cout<<b(5); cout<<invoke(&string::size,"abc"s); reference_wrapper<int> r=*new int(3); r++; cout<<r; auto m=mem_fn(&string::length); cout<<m("ab"s); cout<<typeid(u).name()<<is_same_v<int,int>; try{ throw_with_nested(runtime_error("a")); }catch(exception&e){cout<<e.what();} exception_ptr ep; try{throw 1;}catch(...){ep=current_exception();} try{rethrow_exception(ep);}catch(int i){cout<<i;} error_code ec=make_error_code(errc::io_error); cout<<ec.message(); }
// == numbers
#include <bits/stdc++.h>
using namespace std;
int main(){ mt19937 g(1); uniform_int_distribution<> d(1,6); normal_distribution<> n; cout<<d(g)<<" "<<fixed<<setprecision(3)<<n(g)<<" "<<complex<double>(1,2)*complex<double>(0,1)<<" "<<gcd(12,18)<<lcm(4,6)<<" "<<0<<" "<<hypot(3.,4.)<<" "<<popcount(7u)<<midpoint(1,4)<<lerp(0.,1.,.5)<<numbers::pi; valarray<int> v{1,2,3}; cout<<(v*v).sum(); cout<<hex<<showbase<<255<<oct<<8<<scientific<<1e10<<boolalpha<<true; ratio_add<ratio<1,2>,ratio<1,3>> r; cout<<dec<<r.num; cout << numeric_limits<double>::max(); }
// == ranges
#include <bits/stdc++.h>
using namespace std;
int main(){ vector<int> v{3,1,2,5,4}; ranges::sort(v); for(int x: v|views::filter([](int i){return i%2;})|views::transform([](int i){return i*i;})|views::reverse) cout<<x<<" "; auto [a,b]=ranges::minmax(v); cout<<a<<b<<ranges::count_if(v,[](int i){return i>2;}); span<int> s(v); cout<<s.subspan(1,2)[0]; for(auto i: views::iota(1,4)) cout<<i; string t="a,b,c"; for(auto p: views::split(t,',')) cout<<string_view(p.begin(),p.end()); }
// == regular expressions
#include <bits/stdc++.h>
using namespace std;
int main(){ regex r("(\\w+)@(\\w+)\\.com"); string s="a@b.com, cc@dd.com"; for(sregex_iterator i(s.begin(),s.end(),r),e;i!=e;++i) cout<<(*i)[1]<<" "<<(*i)[2]<<"\n"; }
// == specializations
#include <bits/stdc++.h>
using namespace std;
struct P{int x;}; namespace std{ template<> void swap<P>(P&a,P&b)noexcept{ b=a; } template<> struct less<P>{ bool operator()(const P&a,const P&b)const{return a.x>b.x;} }; } ostream& operator<<(ostream&o,const P&p){return o<<"P"<<p.x;}
int main(){ P a{1},b{2}; std::swap<P>(a,b); cout<<a<<b; set<P> s{{1},{2}}; for(auto&p:s) cout<<p; string x="a",y="b"; swap(x,y); cout<<x<<y; int i=1,j=2; swap(i,j); cout<<i; }
// == strings
#include <bits/stdc++.h>
using namespace std;
template<> struct std::hash<pair<int,int>>{ size_t operator()(const pair<int,int>&p)const{return p.first*31+p.second;} };
int main(){ unordered_map<pair<int,int>,string> m; m[{1,2}]="a"; cout<<m.size()<<stoi("42")<<stod("1.5")<<to_string(3.25)<<"abcdef"s.substr(1,3).find("c")<<"x"s.compare("y"); string_view sv="hello"; cout<<sv.starts_with("he"); wstring w=L"wide"; wcout<<w; u8string u=u8"é"; stringstream ss("1 2 x"); int a,b,c; ss>>a>>b>>c; cout<<a<<b<<ss.fail(); cout<<quoted("a\"b")<<setw(6)<<setfill('*')<<left<<42; char buf[20]; auto [p,e]=to_chars(buf,buf+20,123); cout<<string(buf,p); from_chars("77",(const char*)"77"+2,a); istringstream in("l1\nl2"); string l; while(getline(in,l)) cout<<l<<"|"; cout<<put_money(1234)<<locale().name(); getline(cin,l); cout<<l; }
// == threads
#include <bits/stdc++.h>
using namespace std;
int main(){ vector<thread> t; atomic<int> n{0}; mutex m; for(int i=0;i<4;i++) t.emplace_back([&]{ for(int j=0;j<1000;j++){ n++; lock_guard l(m);} }); for(auto&x:t) x.join(); auto f=async(launch::async,[]{return 42;}); promise<int> p; auto pf=p.get_future(); p.set_value(3); cout<<n<<f.get()<<pf.get(); condition_variable cv; barrier b(1); b.arrive_and_wait(); jthread j([](stop_token s){ while(!s.stop_requested()) this_thread::yield(); }); counting_semaphore<3> c(1); c.acquire(); latch l(1); l.count_down(); shared_mutex sm; shared_lock sl(sm); }
// == variants and tuples
#include <bits/stdc++.h>
using namespace std;
struct V{ void operator()(int i){cout<<"int "<<i;} void operator()(const string&s){cout<<"str "<<s;} };
int main(){ variant<int,string> v=3; visit(V{},v); v="x"s; visit(V{},v); optional<int> o; cout<<o.value_or(7); any a=1.5; cout<<any_cast<double>(a); try{ any_cast<int>(a);}catch(bad_any_cast&e){cout<<e.what();} try{ get<int>(v);}catch(bad_variant_access&e){cout<<e.what();} tuple t{1,"a",2.5}; apply([](auto...x){((cout<<x<<","),...);},t); bitset<8> b(5); cout<<b<<b.count(); }
// == all headers behind another
#include <vector>
#include <bits/stdc++.h>
int main() { std::cout << std::regex_replace("a1", std::regex("[0-9]"), "!"); }
// == all headers behind a declaration
int x = 1;
#include <bits/stdc++.h>
int main() { std::cout << x; }
// == headers more than once
#include <bits/stdc++.h>
#include <iostream>
#include <bits/stdc++.h>
#include <map>
int main() { std::cout << std::map<int, int>{{1, 2}}[1]; }
// == streams first
#include <iostream>
#include <algorithm>
#include <map>
#include <string>
#include <vector>
int main() {
    std::vector<std::string> words{"b", "a"};
    std::sort(words.begin(), words.end());
    std::map<std::string, int> counts;
    for (auto &word : words) counts[word]++;
    for (auto &[word, times] : counts) std::cout << word << times << '\n';
    int n;
    while (std::cin >> n) std::cout << n * n << '\n';
}
// == strings first
#include <string>
#include <iostream>
int main() {
    std::string line;
    std::getline(std::cin, line);
    std::cout << line.substr(2) << std::stoi("7") << std::to_string(2.5);
}
// == vectors first
#include <vector>
#include <cstdio>
int main() {
    std::vector<int> numbers(3, 7);
    try {
        numbers.at(5);
    } catch (...) {
        std::puts("out of range");
    }
}
// == maps first
#include <map>
#include <iostream>
int main() { std::cout << std::multimap<int, char>{{1, 'a'}, {1, 'b'}}.count(1); }
// == algorithms first
#include <algorithm>
#include <array>
#include <iostream>
int main() {
    std::array<int, 4> numbers{4, 2, 3, 1};
    std::ranges::sort(numbers);
    for (int number : numbers) std::cout << number;
}
// == a macro before the headers
#define assert(condition) 0
#include <iostream>
int main() { std::cout << assert(0); }
