package org.example;

class Helper {
    static String nameOf(Object object) {
        return object.getClass().getName();
    }
}

public class Greeter {
    public static void main(String[] args) {
        System.out.println(Helper.nameOf(new Greeter()));
    }
}
